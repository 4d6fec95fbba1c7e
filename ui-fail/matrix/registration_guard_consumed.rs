//! Asking for a guard of an unregistered device that was registered since is refused: on a device
//! that was never registered, `drm_dev_enter()` succeeds and there is no data.
//@ claim: guard-needs-ioctl
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

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: drm::UnregisteredDevice<T>) {
    let _ = drm::Registration::<T>::new_foreign_owned(bus(), dev, first_data::<T>(), 0);
    let _ = dev.registration_guard(); //~ E0599 registration_guard
}

#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Ioctl>) {
    let _ = dev.registration_guard();
}

fn main() {}
