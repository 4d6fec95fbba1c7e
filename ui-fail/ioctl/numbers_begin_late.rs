//! The core finds an entry by its place, so a table begins with the first number of a driver.
//@ claim: ioctl-numbers-in-order
//@ generations: api
use kernel::drm::{self, Registered};
use kernel::prelude::*;

#[cfg(not(twin))]
driver::minimal_driver!(Gpu, GpuClient, GpuBuffer, data: (), ioctls: { //~ E0080 "follow each other"
    (NOVA_GEM_CREATE, drm_nova_gem_create, 0, Gpu::handler),
});
#[cfg(twin)]
driver::minimal_driver!(Gpu, GpuClient, GpuBuffer, data: (), ioctls: {
    (NOVA_GETPARAM, drm_nova_getparam, 0, Gpu::handler),
});

impl Gpu {
    fn handler<A>(
        _dev: &drm::Device<Self, Registered>,
        _data: &(),
        _arg: &mut A,
        _file: &drm::File<GpuClient>,
    ) -> Result<u32> {
        Ok(0)
    }
}

fn main() {}
