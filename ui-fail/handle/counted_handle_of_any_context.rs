//! A struct that is generic over the context cannot hold a counted handle in that context.
//@ claim: aref-is-normal
//@ generations: api, linux-7.3
use kernel::drm;
use kernel::sync::aref::ARef;

#[cfg(not(twin))]
struct Queue<T: drm::Driver, C: drm::DeviceContext> {
    _dev: ARef<drm::Device<T, C>>, //~ E0277 AlwaysRefCounted
}
#[cfg(twin)]
struct Queue<T: drm::Driver> {
    _dev: ARef<drm::Device<T>>,
}

#[cfg(not(twin))]
fn case<T: drm::Driver>(_: Queue<T, drm::Normal>) {}
#[cfg(twin)]
fn case<T: drm::Driver>(_: Queue<T>) {}

fn main() {}
