//! A device that was registered once may have lost its parent's driver, so it is not among the
//! devices that lend a bound parent.
//@ claim: bound-parent-needs-registered
//@ generations: api, linux-7.3
use kernel::device;
use kernel::drm;

fn bound_parent<T: drm::Driver>(_: &impl AsRef<T::ParentDevice<device::Bound>>) {}

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Ioctl>) {
    bound_parent::<T>(dev); //~ E0277 Bound
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Registered>) {
    bound_parent::<T>(dev);
}

fn main() {}
