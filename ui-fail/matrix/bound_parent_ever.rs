//! The bound parent of an `EverRegistered` handle is refused: the parent may be unbound at any time
//! when the device is not registered.
//@ claim: bound-parent-needs-registered
use kernel::device;
use kernel::drm;

fn parent<T: drm::Driver>(_: &T::ParentDevice<device::Bound>) {}

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::EverRegistered<T>) {
    parent::<T>(dev.as_ref()); //~ E0308 Bound
}

#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Registered>) {
    parent::<T>(dev.as_ref());
}

fn main() {}
