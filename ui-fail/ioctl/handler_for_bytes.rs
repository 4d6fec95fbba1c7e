//! A handler takes its argument as the struct that it is, and not as some bytes.
//@ claim: ioctl-argument-matches
//@ generations: api, linux-7.3
use kernel::drm::{self, Registered};
use kernel::{prelude::*, uapi};

driver::minimal_driver!(Gpu, GpuClient, GpuBuffer, data: (), ioctls: { //~ E0308 "[u8; 16]"
    (NOVA_GETPARAM, drm_nova_getparam, 0, Gpu::handler),
});

impl Gpu {
    #[cfg(not(twin))]
    fn handler(
        _dev: &drm::Device<Self, Registered>,
        _data: &(),
        _arg: &mut [u8; size_of::<uapi::drm_nova_getparam>()],
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
