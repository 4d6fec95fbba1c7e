//! A handler takes the argument that its table names, and not one of the same size.
//@ claim: ioctl-argument-matches
//@ generations: api, linux-7.3
use kernel::drm::{self, Registered};
use kernel::{prelude::*, uapi};

driver::minimal_driver!(Gpu, GpuClient, GpuBuffer, data: (), ioctls: { //~ E0308 drm_nova_gem_create
    (NOVA_GETPARAM, drm_nova_getparam, 0, Gpu::handler),
});

impl Gpu {
    #[cfg(not(twin))]
    fn handler(
        _dev: &drm::Device<Self, Registered>,
        _data: &(),
        _arg: &mut uapi::drm_nova_gem_create,
        _file: &drm::File<GpuClient>,
    ) -> Result<u32> {
        Ok(0)
    }
    #[cfg(twin)]
    fn handler(
        _dev: &drm::Device<Self, Registered>,
        _data: &(),
        _arg: &mut uapi::drm_nova_getparam,
        _file: &drm::File<GpuClient>,
    ) -> Result<u32> {
        Ok(0)
    }
}

fn main() {}
