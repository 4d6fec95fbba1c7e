//! `primary_minor()` does not fit where a function of devices that are not registered yet is
//! called.
//@ claim: minor-needs-registered
//@ generations: api
use kernel::drm;

fn call<D, R>(dev: &D, f: impl FnOnce(&D) -> R) -> R {
    f(dev)
}

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::UnregisteredDevice<T>) {
    let _ = call(dev, drm::Device::primary_minor); //~ E0631 mismatch
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Registered>) {
    let _ = call(dev, drm::Device::primary_minor);
}

fn main() {}
