//! The expression for the flags of an ioctl cannot do what needs `unsafe`.
//@ claim: ioctl-handler-is-safe
//@ generations: api, linux-7.3
use kernel::drm::{self, Registered};
use kernel::{prelude::*, uapi::drm_nova_getparam};

#[cfg(not(twin))]
driver::minimal_driver!(Gpu, GpuClient, GpuBuffer, data: (), ioctls: {
    (NOVA_GETPARAM, drm_nova_getparam, Gpu::flags(), Gpu::handler), //~ E0133 flags
});
#[cfg(twin)]
driver::minimal_driver!(Gpu, GpuClient, GpuBuffer, data: (), ioctls: {
    (NOVA_GETPARAM, drm_nova_getparam, 0, Gpu::handler),
});

impl Gpu {
    fn handler(
        _dev: &drm::Device<Self, Registered>,
        _data: &(),
        _arg: &mut drm_nova_getparam,
        _file: &drm::File<GpuClient>,
    ) -> Result<u32> {
        Ok(0)
    }

    const unsafe fn flags() -> u32 {
        0
    }
}

fn main() {}
