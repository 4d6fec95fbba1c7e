//! A counted handle of an object keeps nothing that could expire.
//@ claim: gem-object-is-normal
//@ generations: api, linux-7.3
use kernel::drm::{self, gem::DriverObject, gem::Object};
use kernel::sync::aref::ARef;

#[cfg(not(twin))]
fn case<T: DriverObject>(_: ARef<Object<T, drm::Registered>>) {} //~ E0277 AlwaysRefCounted
#[cfg(twin)]
fn case<T: DriverObject>(_: ARef<Object<T, drm::Normal>>) {}

fn main() {}
