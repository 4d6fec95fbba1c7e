//! Safe code makes no device from a C pointer, whatever context it claims.
//@ claim: device-not-forged
//@ generations: api, linux-7.3, linux-7.2, devicectx-v1
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(ptr: *const u8) {
    let _ = drm::Device::<T, drm::Registered>::from_raw(ptr.cast()); //~ E0133 from_raw
}
#[cfg(twin)]
unsafe fn case<T: drm::Driver>(ptr: *const u8) {
    // SAFETY: Passed on to the caller.
    let _ = unsafe { drm::Device::<T, drm::Registered>::from_raw(ptr.cast()) };
}

fn main() {}
