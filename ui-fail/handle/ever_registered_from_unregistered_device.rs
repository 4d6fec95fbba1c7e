//! A device that was not registered yet does not turn into a handle that says it was.
//@ claim: ever-needs-ioctl
//@ generations: api
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::UnregisteredDevice<T>) {
    let _ = drm::EverRegistered::<T>::from(dev); //~ E0277 UnregisteredDevice
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Ioctl>) {
    let _ = drm::EverRegistered::<T>::from(dev);
}

fn main() {}
