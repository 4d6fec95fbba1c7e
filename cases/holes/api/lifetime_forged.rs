//! A fault of the compiler lets safe code make any borrow as long as it likes.
//!
//! `lengthen` is accepted because a function whose type promises that one lifetime contains another
//! can be used as one of a type that no longer says so (rust-lang/rust issue 25860; 84591 and others
//! are of the same kind). What a guard lends is then read after it has ended. Every API that lends
//! something rests on the compiler in this, so no claim about lifetimes says more than that nobody
//! does so on purpose.
//!
//! Where: the compiler's rules for subtypes of higher-ranked functions.
//!
//! To close it: in the compiler. A driver that does this says so by its code, which a reviewer sees.
//@ claim: guard-lends-no-longer
//@ generations: api, linux-7.3
//@ violation: use-after-free
use driver::{ioctl_device, with_registration};
use kernel::error::{code::ENODEV, Result};

static UNIT: &&() = &&();

fn keep<'long, 'short, T>(_: &'long &'short (), borrow: &'short T) -> &'long T {
    borrow
}

fn lengthen<T>(borrow: &T) -> &'static T {
    let keep: for<'any> fn(_, &'any T) -> &'static T = keep;
    keep(UNIT, borrow)
}

pub fn main() -> Result {
    let kept: &'static u64 = with_registration(|registration| {
        let guard = ioctl_device(registration).registration_guard();
        let guard = guard.ok_or(ENODEV)?;
        Ok(guard.registration_data_with(|data| lengthen(&data.value)))
    })?;
    assert_eq!(*kept, 7);
    Ok(())
}
