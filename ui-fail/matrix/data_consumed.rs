//! The driver's data of an unregistered device that was registered since is refused: registering
//! took the device away.
//@ claim: register-consumes
#[cfg(not(twin))]
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

fn data<T: drm::Driver>(_: &T::Data) {}

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: drm::UnregisteredDevice<T>) {
    let _ = drm::Registration::<T>::new_foreign_owned(bus(), dev, first_data::<T>(), 0);
    data::<T>(&dev); //~ E0382 dev
}

#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::UnregisteredDevice<T>) {
    data::<T>(dev);
}

fn main() {}
