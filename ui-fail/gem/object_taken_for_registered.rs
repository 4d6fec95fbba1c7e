//! An object does not learn from an ioctl that its device is registered.
//@ claim: gem-object-is-normal
//@ generations: api, linux-7.3, linux-7.2
use kernel::drm::{gem::DriverObject, gem::Object, Registered};

fn uses<T: DriverObject>(_: &Object<T, Registered>) {}

#[cfg(not(twin))]
fn case<T: DriverObject>(obj: &Object<T>) {
    uses(obj); //~ E0308 Registered
}
#[cfg(twin)]
fn case<T: DriverObject>(obj: &Object<T, Registered>) {
    uses(obj);
}

fn main() {}
