//! A handler cannot keep the registration data in a static.
//@ claim: ioctl-handler-keeps-nothing
//@ generations: api, linux-7.3
use kernel::drm::{self, Registered};
use kernel::sync::Mutex;
use kernel::{prelude::*, uapi::drm_nova_getparam};

fn kept() -> &'static Mutex<Option<&'static u64>> {
    loop {}
}

driver::minimal_driver!(Gpu, GpuClient, GpuBuffer, data: (),
    registration_data<'a>: u64, parent: faux, ioctls: {
    (NOVA_GETPARAM, drm_nova_getparam, 0, Gpu::handler),
});

impl Gpu {
    #[cfg(not(twin))]
    fn handler(
        _dev: &drm::Device<Self, Registered>,
        data: &u64,
        arg: &mut drm_nova_getparam,
        _file: &drm::File<GpuClient>,
    ) -> Result<u32> {
        *kept().lock() = Some(data); //~ E0521 data
        arg.value = 0;
        Ok(0)
    }
    #[cfg(twin)]
    fn handler(
        _dev: &drm::Device<Self, Registered>,
        data: &u64,
        arg: &mut drm_nova_getparam,
        _file: &drm::File<GpuClient>,
    ) -> Result<u32> {
        *kept().lock() = None;
        arg.value = *data;
        Ok(0)
    }
}

fn main() {}
