//! A lock at an odd address, where a packed structure would put it.
//@ claim: fields-are-aligned
//@ generations: api, linux-7.3, linux-7.2
//@ violation: misaligned-object
use core::ptr::null_mut;
use kernel::alloc::{flags::GFP_KERNEL, KBox};
use kernel::error::Result;

pub fn main() -> Result {
    let mut place = KBox::new([0u64; 32], GFP_KERNEL)?;
    let odd: *mut bindings::mutex = place.as_mut_ptr().wrapping_byte_add(1).cast();
    // SAFETY: The place is larger than a lock, and stays until it is unlocked. BREAKS the rule that
    // it is aligned.
    unsafe {
        bindings::__mutex_init(odd, c"odd".as_ptr().cast(), null_mut());
        bindings::mutex_lock(odd);
        bindings::mutex_unlock(odd);
    }
    Ok(())
}
