//! A device that is bound for now can be taken for one that is bound for ever, by asking for it as
//! a device of its bus.
//!
//! `platform`, `pci` and the other buses implement `TryFrom<&device::Device<Ctx>>` for
//! `&Device<Ctx>`. The two lifetimes are elided, so they are different ones, and nothing ties the
//! result to what was borrowed: the caller may choose `'static`. What is `Bound` for ever reaches
//! registers and managed resources after the driver was unbound, and memory after the device is
//! gone.
//!
//! `impl<'a, Ctx> TryFrom<&'a device::Device<Ctx>> for &'a Device<Ctx>` closes this.
//@ claim: bound-ends-with-unbind
//@ generations: linux-7.2
use driver::with_parent;
use kernel::device::{self, Bound};
use kernel::{platform, prelude::*};

fn keep(dev: &device::Device<Bound>) -> Result<&'static platform::Device<Bound>> {
    dev.try_into()
}

pub fn main() -> Result {
    let kept: Option<&'static platform::Device<Bound>> =
        with_parent(|parent| Ok(keep(parent).ok()))?;
    drop(kept);
    Ok(())
}
