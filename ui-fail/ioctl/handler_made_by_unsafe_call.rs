//! The expression that names a handler cannot do what needs `unsafe`.
//@ claim: ioctl-handler-is-safe
//@ generations: api, linux-7.3
use kernel::drm::{self, Registered};
use kernel::{prelude::*, uapi::drm_nova_getparam};

#[cfg(not(twin))]
driver::minimal_driver!(Gpu, GpuClient, GpuBuffer, data: (), ioctls: {
    (NOVA_GETPARAM, drm_nova_getparam, 0, Gpu::pick()), //~ E0133 pick
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

    unsafe fn pick() -> fn(
        &drm::Device<Self, Registered>,
        &(),
        &mut drm_nova_getparam,
        &drm::File<GpuClient>,
    ) -> Result<u32> {
        Self::handler
    }
}

fn main() {}
