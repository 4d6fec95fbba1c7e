//! Under a guard a device lends its parent as bound, so that a managed resource can be added.
//@ claim: bound-parent-needs-registered
//@ generations: api, linux-7.3
use driver::{ioctl_device, with_registration};
use kernel::alloc::flags::GFP_KERNEL;
use kernel::error::{code::ENODEV, Result};
use kernel::{device, devres, faux};

pub fn main() -> Result {
    with_registration(|registration| {
        let guard = ioctl_device(registration).registration_guard();
        let guard = guard.ok_or(ENODEV)?;
        let parent: &faux::Device<device::Bound> = (*guard).as_ref();
        let parent: &device::Device<device::Bound> = parent.as_ref();
        assert_eq!(parent.name(), c"probe");
        devres::register(parent, 7u32, GFP_KERNEL)
    })
}
