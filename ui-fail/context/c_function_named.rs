//! The C functions of the DRM core are not in reach of a driver.
//@ claim: context-cast-private
//@ generations: api
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>() {
    let _ = kernel::bindings::drm_dev_enter; //~ E0433 bindings
}
#[cfg(twin)]
fn case<T: drm::Driver>() {
    let _ = drm::Device::<T, drm::Ioctl>::registration_guard;
}

fn main() {}
