//! The data of an object is shared with every client that has a handle; a driver cannot replace
//! it.
//@ claim: gem-object-thread-safe
//@ generations: api, linux-7.3, linux-7.2, devicectx-v1
use kernel::drm::gem::{DriverObject, Object};
use kernel::sync::aref::ARef;

fn replace<T>(_: &mut T) {}

#[cfg(not(twin))]
fn case<T: DriverObject>(mut obj: ARef<Object<T>>) {
    replace::<T>(&mut obj); //~ E0596 mutable
}
#[cfg(twin)]
fn case<T: DriverObject>(mut obj: ARef<Object<T>>) {
    replace(&mut obj);
}

fn main() {}
