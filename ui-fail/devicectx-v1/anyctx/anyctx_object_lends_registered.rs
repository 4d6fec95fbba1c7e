//! An object lends its device in the context that it was made for.
//@ claim: gem-object-keeps-context
//@ generations: devicectx-v1
use kernel::drm::{self, gem::DriverObject, gem::Object};

#[cfg(not(twin))]
fn case<B: DriverObject>(object: &Object<B, drm::AnyCtx>) -> &drm::Device<B::Driver> {
    object.dev() //~ E0308 Device
}
#[cfg(twin)]
fn case<B: DriverObject>(object: &Object<B, drm::AnyCtx>) -> &drm::Device<B::Driver, drm::AnyCtx> {
    object.dev()
}

fn main() {}
