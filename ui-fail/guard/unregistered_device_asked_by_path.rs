//! Naming the `Ioctl` context in the path does not put a device that was not registered yet into
//! it.
//@ claim: guard-needs-ioctl
//@ generations: api, linux-7.3
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::UnregisteredDevice<T>) {
    let _ = drm::Device::<T, drm::Ioctl>::registration_guard(dev); //~ E0308 Ioctl
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Ioctl>) {
    let _ = drm::Device::<T, drm::Ioctl>::registration_guard(dev);
}

fn main() {}
