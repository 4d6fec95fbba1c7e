//! A path that names the driver and no context is one to the functions of `Normal` devices.
//@ claim: context-default-normal
//@ generations: api, linux-7.3
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Ioctl>) {
    let _ = drm::Device::<T>::registration_guard(dev); //~ E0599 registration_guard
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Ioctl>) {
    let _ = drm::Device::<T, drm::Ioctl>::registration_guard(dev);
}

fn main() {}
