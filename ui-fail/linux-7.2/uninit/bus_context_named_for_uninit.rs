//! What is known about a device of a bus is no context of a DRM device.
//@ claim: context-sealed
//@ generations: linux-7.2
#[cfg(not(twin))]
use kernel::device;
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(_: &drm::Device<T, device::Bound>) {} //~ E0277 DeviceContext
#[cfg(twin)]
fn case<T: drm::Driver>(_: &drm::Device<T, drm::Uninit>) {}

fn main() {}
