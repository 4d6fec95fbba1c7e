//! Code for any context cannot keep a counted handle of what it was given: only `Normal` never
//! expires.
//@ claim: aref-is-normal
//@ generations: api, linux-7.3, linux-7.2
use kernel::drm;
use kernel::sync::aref::ARef;
use kernel::sync::aref::AlwaysRefCounted;

fn count<X: AlwaysRefCounted>(dev: &X) {
    drop(ARef::from(dev));
}

#[cfg(not(twin))]
fn case<T: drm::Driver, C: drm::DeviceContext>(dev: &drm::Device<T, C>) {
    count(dev); //~ E0277 AlwaysRefCounted
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T>) {
    count(dev);
}

fn main() {}
