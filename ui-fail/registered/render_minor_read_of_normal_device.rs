//! `render_minor()` cannot be kept as a function of `Normal` devices.
//@ claim: minor-needs-registered
//@ generations: api
use kernel::drm;
use kernel::prelude::*;

type Read<T, C> = fn(&drm::Device<T, C>) -> Result<u32>;

#[cfg(not(twin))]
fn case<T: drm::Driver>() -> Read<T, drm::Normal> {
    drm::Device::render_minor //~ E0308 "expected fn pointer"
}
#[cfg(twin)]
fn case<T: drm::Driver>() -> Read<T, drm::Registered> {
    drm::Device::render_minor
}

fn main() {}
