//! A function for `Registered` devices is not one for `Normal` devices: its argument would be
//! upgraded at each call.
//@ claim: context-only-weakens
//@ generations: api, linux-7.3
use kernel::drm;

fn registered_only<T: drm::Driver>(_: &drm::Device<T, drm::Registered>) {}

#[cfg(not(twin))]
fn case<T: drm::Driver>() -> fn(&drm::Device<T, drm::Normal>) {
    registered_only::<T> //~ E0308 "expected fn pointer"
}
#[cfg(twin)]
fn case<T: drm::Driver>() -> fn(&drm::Device<T, drm::Registered>) {
    registered_only::<T>
}

fn main() {}
