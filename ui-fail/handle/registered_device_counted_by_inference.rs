//! A counted handle made from a `Registered` device without a type would be one to a `Registered`
//! device.
//@ claim: aref-is-normal
//@ generations: api, linux-7.3, linux-7.2
use kernel::drm;
use kernel::sync::aref::ARef;
use kernel::sync::aref::AlwaysRefCounted;

fn count<X: AlwaysRefCounted>(dev: &X) {
    drop(ARef::from(dev));
}

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Registered>) {
    count(dev); //~ E0277 AlwaysRefCounted
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Registered>) {
    let dev: &drm::Device<T> = dev;
    count(dev);
}

fn main() {}
