//! A driver cannot declare a device context of its own: a context is a promise of `kernel::drm`,
//! and nobody would keep this one.
//@ claim: context-sealed
//@ generations: api, linux-7.3, linux-7.2
use kernel::drm;

#[cfg(not(twin))]
struct Trusted;
#[cfg(not(twin))]
impl drm::DeviceContext for Trusted {} //~ E0277 Sealed
#[cfg(twin)]
use drm::Registered as Trusted;

fn case<T: drm::Driver>(_: &drm::Device<T, Trusted>) {}

fn main() {}
