//! A callback for handles that remember the registration cannot read the minor number without a
//! guard.
//@ claim: minor-needs-registered
//@ generations: api
use kernel::drm;
use kernel::prelude::*;

type Read<T> = dyn Fn(&drm::EverRegistered<T>) -> Option<Result<u32>>;

#[cfg(not(twin))]
fn case<T: drm::Driver>() {
    let _: &Read<T> = &|dev| Some(dev.primary_minor()); //~ E0599 primary_minor
}
#[cfg(twin)]
fn case<T: drm::Driver>() {
    let _: &Read<T> = &|dev| Some(dev.registration_guard()?.primary_minor());
}

fn main() {}
