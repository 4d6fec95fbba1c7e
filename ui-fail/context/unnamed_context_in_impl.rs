//! An implementation for devices without a context is one for `Normal` devices only.
//@ claim: context-default-normal
//@ generations: api, linux-7.3
use kernel::drm;

trait Named {}

#[cfg(not(twin))]
impl<T: drm::Driver> Named for drm::Device<T> {}
#[cfg(twin)]
impl<T: drm::Driver, C: drm::DeviceContext> Named for drm::Device<T, C> {}

fn needs_named<N: Named>() {}

fn case<T: drm::Driver>() {
    needs_named::<drm::Device<T, drm::Ioctl>>(); //~ E0277 Named
}

fn main() {}
