//! Safe code makes no counted handle from a pointer: it would drop a reference that nobody took.
//@ claim: device-not-forged
//@ generations: api, linux-7.3, linux-7.2, devicectx-v1
use core::ptr::NonNull;
use kernel::drm;
use kernel::sync::aref::ARef;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::Device<T>) -> ARef<drm::Device<T>> {
    ARef::from_raw(NonNull::from(dev)) //~ E0133 from_raw
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T>) -> NonNull<drm::Device<T>> {
    ARef::into_raw(ARef::from(dev))
}

fn main() {}
