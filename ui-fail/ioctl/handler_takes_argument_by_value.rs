//! A handler that takes its argument by value could give no answer; it takes a reference.
//@ claim: ioctl-argument-matches
//@ generations: api
use kernel::drm::{self, Registered};
use kernel::{prelude::*, uapi::drm_nova_getparam};

driver::minimal_driver!(Gpu, GpuClient, GpuBuffer, data: (), ioctls: { //~ E0308 drm_nova_getparam
    (NOVA_GETPARAM, drm_nova_getparam, 0, Gpu::handler),
});

impl Gpu {
    #[cfg(not(twin))]
    fn handler(
        _dev: &drm::Device<Self, Registered>,
        _data: &(),
        _arg: drm_nova_getparam,
        _file: &drm::File<GpuClient>,
    ) -> Result<u32> {
        Ok(0)
    }
    #[cfg(twin)]
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
