//! A GEM object cannot be given a context that `kernel::drm` does not know, to lend its device in
//! that context.
//@ claim: context-sealed
//@ generations: api, linux-7.3
use kernel::drm;

#[cfg(not(twin))]
struct Trusted;
#[cfg(twin)]
use drm::Normal as Trusted;

#[cfg(not(twin))]
fn case<B: drm::gem::DriverObject>(_: &drm::gem::Object<B, Trusted>) {} //~ E0277 Trusted
#[cfg(twin)]
fn case<B: drm::gem::DriverObject>(_: &drm::gem::Object<B, Trusted>) {}

fn main() {}
