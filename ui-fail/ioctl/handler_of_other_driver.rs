//! A table takes no handler that was written for another driver, whose devices, files and data
//! are of other types.
//@ claim: ioctl-belongs-to-driver
//@ generations: api, linux-7.3
use kernel::drm::{self, Registered};
use kernel::{prelude::*, uapi::drm_nova_getparam};

driver::minimal_driver!(Gpu, GpuClient, GpuBuffer, data: (), ioctls: {
    (NOVA_GETPARAM, drm_nova_getparam, 0, Gpu::handler),
});

#[cfg(not(twin))]
driver::minimal_driver!(Thief, ThiefClient, ThiefBuffer, data: u64, ioctls: {
    (NOVA_GETPARAM, drm_nova_getparam, 0, Gpu::handler), //~ E0308 arguments
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
