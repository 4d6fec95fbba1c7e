//! A function that names no context gets a device of which nothing is known, whatever it is called
//! with.
//@ claim: context-default-normal
//@ generations: api, linux-7.3
use kernel::drm;

fn registered_only<T: drm::Driver>(_: &drm::Device<T, drm::Registered>) {}

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::Device<T>) {
    registered_only(dev); //~ E0308 Registered
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Registered>) {
    registered_only(dev);
}

fn main() {}
