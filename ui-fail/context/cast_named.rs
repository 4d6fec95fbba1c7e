//! A driver cannot take the cast between contexts as a function, to call it later.
//@ claim: context-cast-private
//@ generations: api, linux-7.3
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>() {
    let _ = drm::Device::<T, drm::Normal>::assume_ctx::<drm::Registered>; //~ E0624 private
}
#[cfg(twin)]
fn case<T: drm::Driver>() {
    let _ = drm::Device::<T, drm::Normal>::from_raw;
}

fn main() {}
