//! A device cannot be in some context that is only known at run time: what is known about it is
//! known to the compiler.
//@ claim: context-sealed
//@ generations: api, linux-7.3, linux-7.2
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(_: &drm::Device<T, dyn drm::DeviceContext>) {} //~ E0277 size
#[cfg(twin)]
fn case<T: drm::Driver, C: drm::DeviceContext>(_: &drm::Device<T, C>) {}

fn main() {}
