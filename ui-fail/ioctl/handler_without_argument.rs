//! A handler takes the argument of its ioctl, also when it does not read it.
//@ claim: ioctl-argument-matches
//@ generations: api
use kernel::drm::{self, Registered};
use kernel::{prelude::*, uapi};

driver::minimal_driver!(Gpu, GpuClient, GpuBuffer, data: (), ioctls: {
    (NOVA_GETPARAM, drm_nova_getparam, 0, Gpu::handler), //~ E0061 argument
});

impl Gpu {
    #[cfg(not(twin))]
    fn handler(
        _dev: &drm::Device<Self, Registered>,
        _data: &(),
        _file: &drm::File<GpuClient>,
    ) -> Result<u32> {
        let _ = uapi::DRM_IOCTL_NOVA_GETPARAM;
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
