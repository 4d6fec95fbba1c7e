//! An `EverRegistered` handle of a counted handle is refused: nothing tells that the device was
//! ever registered.
//@ claim: ever-needs-ioctl
use kernel::drm;
#[cfg(not(twin))]
use kernel::sync::aref::ARef;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &ARef<drm::Device<T>>) {
    let _ = drm::EverRegistered::<T>::from(dev); //~ E0277 From
}

#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Ioctl>) {
    let _ = drm::EverRegistered::<T>::from(dev);
}

fn main() {}
