//! An `EverRegistered` handle of an unregistered device that was registered since is refused:
//! nothing tells that the device was ever registered.
//@ claim: ever-needs-ioctl
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
    let _ = drm::EverRegistered::<T>::from(&dev); //~ E0277 From
}

#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Ioctl>) {
    let _ = drm::EverRegistered::<T>::from(dev);
}

fn main() {}
