//! The argument of an ioctl is not larger than its number says: a handler would read past the end.
//@ claim: ioctl-argument-matches
//@ generations: api, linux-7.3
use kernel::drm::{self, Registered};
use kernel::{prelude::*, uapi};

#[cfg(not(twin))]
driver::minimal_driver!(Gpu, GpuClient, GpuBuffer, data: (), ioctls: { //~ E0080 size
    (NOVA_GETPARAM, drm_panthor_bo_create, 0, Gpu::handler),
});
#[cfg(twin)]
driver::minimal_driver!(Gpu, GpuClient, GpuBuffer, data: (), ioctls: {
    (NOVA_GETPARAM, drm_nova_getparam, 0, Gpu::handler),
});

impl Gpu {
    #[cfg(not(twin))]
    fn handler(
        _dev: &drm::Device<Self, Registered>,
        _data: &(),
        _arg: &mut uapi::drm_panthor_bo_create,
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
