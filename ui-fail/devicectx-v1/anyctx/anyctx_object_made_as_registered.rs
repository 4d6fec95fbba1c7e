//! An object for a device of which nothing is known says nothing either.
//@ claim: gem-object-keeps-context
//@ generations: devicectx-v1
use driver::{Buffer, Probe};
use kernel::drm;
use kernel::drm::gem::Object;

#[cfg(not(twin))]
fn case(dev: &drm::Device<Probe, drm::AnyCtx>) {
    let _ = Object::<Buffer, drm::Registered>::new(dev, 4096, ()); //~ E0308 AnyCtx
}
#[cfg(twin)]
fn case(dev: &drm::Device<Probe, drm::AnyCtx>) {
    let _ = Object::<Buffer, drm::AnyCtx>::new(dev, 4096, ());
}

fn main() {}
