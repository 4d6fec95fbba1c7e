//! The expression for the flags of an ioctl cannot follow a raw pointer.
//@ claim: ioctl-handler-is-safe
//@ generations: api
use kernel::drm::{self, Registered};
use kernel::{prelude::*, uapi::drm_nova_getparam};

const FLAGS: *const u32 = &0;

#[cfg(not(twin))]
driver::minimal_driver!(Gpu, GpuClient, GpuBuffer, data: (), ioctls: {
    (NOVA_GETPARAM, drm_nova_getparam, *FLAGS, Gpu::handler), //~ E0133 "raw pointer"
});
#[cfg(twin)]
driver::minimal_driver!(Gpu, GpuClient, GpuBuffer, data: (), ioctls: {
    (NOVA_GETPARAM, drm_nova_getparam, unsafe { *FLAGS }, Gpu::handler),
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
}

fn main() {}
