//! A wedged event of an unregistered device that was registered since is refused: it names nodes
//! that exist only while the device is registered.
//@ claim: wedged-needs-registered
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
    let _ = dev.wedged_event(drm::WedgeRecovery::Rebind); //~ E0599 wedged_event
}

#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Registered>) {
    let _ = dev.wedged_event(drm::WedgeRecovery::Rebind);
}

fn main() {}
