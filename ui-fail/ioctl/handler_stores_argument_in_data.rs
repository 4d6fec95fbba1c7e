//! A handler cannot keep its argument in the registration data.
//@ claim: ioctl-handler-keeps-nothing
//@ generations: api, linux-7.3
use kernel::drm::{self, Registered};
use kernel::sync::Mutex;
use kernel::{prelude::*, uapi::drm_nova_getparam};

driver::minimal_driver!(Gpu, GpuClient, GpuBuffer, data: (),
    registration_data<'a>: Mutex<&'a u64>, parent: faux, ioctls: {
    (NOVA_GETPARAM, drm_nova_getparam, 0, Gpu::handler),
});

impl Gpu {
    #[cfg(not(twin))]
    fn handler(
        _dev: &drm::Device<Self, Registered>,
        data: &Mutex<&u64>,
        arg: &mut drm_nova_getparam,
        _file: &drm::File<GpuClient>,
    ) -> Result<u32> {
        *data.lock() = &arg.value; //~ "lifetime may not live long enough"
        Ok(0)
    }
    #[cfg(twin)]
    fn handler(
        _dev: &drm::Device<Self, Registered>,
        data: &Mutex<&u64>,
        arg: &mut drm_nova_getparam,
        _file: &drm::File<GpuClient>,
    ) -> Result<u32> {
        arg.value = **data.lock();
        Ok(0)
    }
}

fn main() {}
