//! A reference to a context is no context.
//@ claim: context-sealed
//@ generations: api, linux-7.3, linux-7.2, devicectx-v1
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(_: &drm::Device<T, &'static drm::Registered>) {} //~ E0277 Registered
#[cfg(twin)]
fn case<T: drm::Driver>(_: &drm::Device<T, drm::Registered>) {}

fn main() {}
