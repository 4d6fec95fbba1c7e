//! A counted handle forgets what is known; that a device was registered once is kept by
//! `EverRegistered`.
//@ claim: aref-is-normal
//@ generations: api, linux-7.3
use kernel::drm;
use kernel::sync::aref::ARef;

#[cfg(not(twin))]
fn case<T: drm::Driver>(_: ARef<drm::Device<T, drm::Ioctl>>) {} //~ E0277 AlwaysRefCounted
#[cfg(twin)]
fn case<T: drm::Driver>(_: ARef<drm::Device<T, drm::Normal>>) {}

fn main() {}
