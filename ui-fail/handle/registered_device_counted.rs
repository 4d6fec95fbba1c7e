//! A counted handle outlives every section, so it cannot hold a `Registered` device.
//@ claim: aref-is-normal
//@ generations: api, linux-7.3
use kernel::drm;
use kernel::sync::aref::ARef;

#[cfg(not(twin))]
fn case<T: drm::Driver>(_: ARef<drm::Device<T, drm::Registered>>) {} //~ E0277 AlwaysRefCounted
#[cfg(twin)]
fn case<T: drm::Driver>(_: ARef<drm::Device<T, drm::Normal>>) {}

fn main() {}
