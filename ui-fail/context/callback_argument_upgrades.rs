//! Code that calls back with an `Ioctl` device does not take a callback for `Registered` devices.
//@ claim: context-only-weakens
//@ generations: api, linux-7.3
use kernel::drm;

fn registered_only<T: drm::Driver>(_: &drm::Device<T, drm::Registered>) {}

fn call<T: drm::Driver>(
    dev: &drm::Device<T, drm::Ioctl>,
    f: impl FnOnce(&drm::Device<T, drm::Ioctl>),
) {
    f(dev);
}

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Ioctl>) {
    call(dev, registered_only::<T>); //~ E0631 mismatch
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Ioctl>) {
    call(dev, |_| ());
}

fn main() {}
