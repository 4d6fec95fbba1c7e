//! Code for any context cannot borrow a bound parent: it may be called with a device whose parent
//! was unbound.
//@ claim: bound-parent-needs-registered
//@ generations: api, linux-7.3
use kernel::device;
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver, C: drm::DeviceContext>(dev: &drm::Device<T, C>) {
    let _: &T::ParentDevice<device::Bound> = dev.as_ref(); //~ E0599 as_ref
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Registered>) {
    let _: &T::ParentDevice<device::Bound> = dev.as_ref();
}

fn main() {}
