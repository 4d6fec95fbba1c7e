//! Code that is generic over what is known about a device has to say that this is a context.
//@ claim: context-sealed
//@ generations: api, linux-7.3, linux-7.2
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver, C>(_: &drm::Device<T, C>) {} //~ E0277 `C`
#[cfg(twin)]
fn case<T: drm::Driver, C: drm::DeviceContext>(_: &drm::Device<T, C>) {}

fn main() {}
