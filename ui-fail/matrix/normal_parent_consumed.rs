//! The parent, bound or not of an unregistered device that was registered since is refused:
//! registering took the device away.
//@ claim: register-consumes
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

fn parent<T: drm::Driver>(_: &T::ParentDevice<device::Normal>) {}

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: drm::UnregisteredDevice<T>) {
    let _ = drm::Registration::<T>::new_foreign_owned(bus(), dev, first_data::<T>(), 0);
    parent::<T>(dev.as_ref()); //~ E0382 dev
}

#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::UnregisteredDevice<T>) {
    parent::<T>(dev.as_ref());
}

fn main() {}
