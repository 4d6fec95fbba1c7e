//! A device that was not registered yet does not lend its parent as bound: the device may live on
//! after unbinding.
//@ claim: bound-parent-needs-registered
//@ generations: api, linux-7.3
use kernel::device;
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::UnregisteredDevice<T>) {
    let _: &T::ParentDevice<device::Bound> = dev.as_ref(); //~ E0308 Bound
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::UnregisteredDevice<T>) {
    let _: &T::ParentDevice<device::Normal> = dev.as_ref();
}

fn main() {}
