//! A counted object does not learn that its device was registered since.
//@ claim: gem-object-keeps-context
//@ generations: linux-7.2
use kernel::drm::{self, gem::DriverObject, gem::Object};
use kernel::sync::aref::ARef;

#[cfg(not(twin))]
fn case<B: DriverObject>(object: ARef<Object<B, drm::Uninit>>) -> ARef<Object<B>> {
    object //~ E0308 Uninit
}
#[cfg(twin)]
fn case<B: DriverObject>(object: ARef<Object<B>>) -> ARef<Object<B>> {
    object
}

fn main() {}
