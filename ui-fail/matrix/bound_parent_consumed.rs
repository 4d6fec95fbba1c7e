//! The bound parent of an unregistered device that was registered since is refused: the parent may
//! be unbound at any time when the device is not registered.
//@ claim: bound-parent-needs-registered
use kernel::device;
use kernel::drm;

#[cfg(not(twin))]
fn bus() -> &'static device::Device<device::Bound> {
    unreachable!()
}

#[cfg(not(twin))]
fn first_data<T: drm::Driver>() -> T::RegistrationData<'static> {
    unreachable!()
}

fn parent<T: drm::Driver>(_: &T::ParentDevice<device::Bound>) {}

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: drm::UnregisteredDevice<T>) {
    let _ = drm::Registration::<T>::new_foreign_owned(bus(), dev, first_data::<T>(), 0);
    parent::<T>(dev.as_ref()); //~ E0308 Bound
}

#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Registered>) {
    parent::<T>(dev.as_ref());
}

fn main() {}
