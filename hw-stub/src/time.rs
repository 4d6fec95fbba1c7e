//! Delays.

use std::time::Duration;

use crate::abi::same_abi;

same_abi!(__udelay: fn(usize));

/// `include/asm-generic/delay.h: udelay`, which spins; sleeping is as good here.
///
/// # Safety
///
/// None; the signature is C's.
#[no_mangle]
pub(crate) unsafe extern "C" fn __udelay(usecs: usize) {
    std::thread::sleep(Duration::from_micros(usecs as u64));
}
