//! Registering with data that borrows the parent of an `Ioctl` device is refused: only the one
//! owner of a device that was never registered may register it.
//@ claim: register-consumes
use kernel::device;
use kernel::drm;
use kernel::error::code::ENODEV;

fn parent<T: drm::Driver>() -> &'static T::ParentDevice<device::Bound> {
    unreachable!()
}

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Ioctl>) {
    let _ = drm::Registration::<T>::new_foreign_owned_with(parent::<T>(), dev, |_| Err(ENODEV), 0);
    //~^ E0308 UnregisteredDevice
}

#[cfg(twin)]
fn case<T: drm::Driver>(dev: drm::UnregisteredDevice<T>) {
    let _ = drm::Registration::<T>::new_foreign_owned_with(parent::<T>(), dev, |_| Err(ENODEV), 0);
}

fn main() {}
