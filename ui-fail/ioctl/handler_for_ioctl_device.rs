//! A handler that asks for less than its table promises says so: an `Ioctl` device is not what it is
//! given.
//@ claim: ioctl-belongs-to-driver
//@ generations: api
use kernel::{drm, prelude::*, uapi::drm_nova_getparam};

driver::minimal_driver!(Gpu, GpuClient, GpuBuffer, data: (), ioctls: { //~ E0308 Ioctl
    (NOVA_GETPARAM, drm_nova_getparam, 0, Gpu::handler),
});

impl Gpu {
    #[cfg(not(twin))]
    fn handler(
        _dev: &drm::Device<Self, drm::Ioctl>,
        _data: &(),
        _arg: &mut drm_nova_getparam,
        _file: &drm::File<GpuClient>,
    ) -> Result<u32> {
        Ok(0)
    }
    #[cfg(twin)]
    fn handler(
        _dev: &drm::Device<Self, drm::Registered>,
        _data: &(),
        _arg: &mut drm_nova_getparam,
        _file: &drm::File<GpuClient>,
    ) -> Result<u32> {
        Ok(0)
    }
}

fn main() {}
