//! A clone of an unregistered device that was registered since is refused: only counted handles can
//! be had twice.
//@ claim: register-consumes
#[cfg(not(twin))]
use kernel::device;
use kernel::drm;
#[cfg(twin)]
use kernel::sync::aref::ARef;

#[cfg(not(twin))]
fn bus() -> &'static device::Device<device::Bound> {
    unreachable!()
}

#[cfg(not(twin))]
fn first_data<T: drm::Driver>() -> T::RegistrationData<'static> {
    unreachable!()
}

fn cloned<X: Clone>(_: &X) {}

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: drm::UnregisteredDevice<T>) {
    let _ = drm::Registration::<T>::new_foreign_owned(bus(), dev, first_data::<T>(), 0);
    cloned(&dev); //~ E0277 Clone
}

#[cfg(twin)]
fn case<T: drm::Driver>(dev: &ARef<drm::Device<T>>) {
    cloned(dev);
}

fn main() {}
