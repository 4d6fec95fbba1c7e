//! A new GEM object of an unregistered device that was registered since is refused: registering
//! took the device away.
//@ claim: register-consumes
#[cfg(not(twin))]
use kernel::device;
use kernel::drm;
use kernel::page::PAGE_SIZE;

#[cfg(not(twin))]
fn bus() -> &'static device::Device<device::Bound> {
    unreachable!()
}

#[cfg(not(twin))]
fn first_data<T: drm::Driver>() -> T::RegistrationData<'static> {
    unreachable!()
}

#[cfg(not(twin))]
fn case<T: drm::Driver, O: drm::gem::DriverObject<Driver = T, Args = ()>>(
    dev: drm::UnregisteredDevice<T>,
) {
    let _ = drm::Registration::<T>::new_foreign_owned(bus(), dev, first_data::<T>(), 0);
    let _ = drm::gem::Object::<O>::new(&dev, PAGE_SIZE, ()); //~ E0382 dev
}

#[cfg(twin)]
fn case<T: drm::Driver, O: drm::gem::DriverObject<Driver = T, Args = ()>>(
    dev: &drm::UnregisteredDevice<T>,
) {
    let _ = drm::gem::Object::<O>::new(dev, PAGE_SIZE, ());
}

fn main() {}
