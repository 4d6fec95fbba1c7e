//! The contexts of the driver core say something about a bus device; none of them is a context of a
//! DRM device.
//@ claim: context-sealed
//@ generations: api, linux-7.3
use kernel::device;
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(_: &drm::Device<T, device::Bound>) {} //~ E0277 Bound
#[cfg(twin)]
fn case<T: drm::Driver>(_: &T::ParentDevice<device::Bound>) {}

fn main() {}
