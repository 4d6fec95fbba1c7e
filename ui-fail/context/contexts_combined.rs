//! Two contexts together are no context, so no device can be said to be in both.
//@ claim: context-sealed
//@ generations: api, linux-7.3
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(_: &drm::Device<T, (drm::Ioctl, drm::Registered)>) {} //~ E0277 Registered
#[cfg(twin)]
fn case<T: drm::Driver>(_: &drm::Device<T, drm::Registered>) {}

fn main() {}
