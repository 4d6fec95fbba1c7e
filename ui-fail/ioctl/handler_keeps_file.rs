//! A handler cannot ask for its file for ever: the client closes it.
//@ claim: ioctl-handler-keeps-nothing
//@ generations: api
use kernel::drm::{self, Registered};
use kernel::{prelude::*, uapi::drm_nova_getparam};

driver::minimal_driver!(Gpu, GpuClient, GpuBuffer, data: (), ioctls: { //~ E0521 file
    (NOVA_GETPARAM, drm_nova_getparam, 0, Gpu::handler),
});

impl Gpu {
    #[cfg(not(twin))]
    fn handler(
        _dev: &drm::Device<Self, Registered>,
        _data: &(),
        _arg: &mut drm_nova_getparam,
        _file: &'static drm::File<GpuClient>,
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
