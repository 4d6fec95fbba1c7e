//! A handler cannot keep its file in the data of the device, which lives for longer.
//@ claim: ioctl-handler-keeps-nothing
//@ generations: api, linux-7.3
use kernel::drm::{self, Registered};
use kernel::sync::Mutex;
use kernel::{prelude::*, uapi::drm_nova_getparam};

driver::minimal_driver!(Gpu, GpuClient, GpuBuffer, data: Mutex<Option<&'static GpuClient>>, ioctls: {
    (NOVA_GETPARAM, drm_nova_getparam, 0, Gpu::handler),
});

impl Gpu {
    #[cfg(not(twin))]
    fn handler(
        dev: &drm::Device<Self, Registered>,
        _data: &(),
        _arg: &mut drm_nova_getparam,
        file: &drm::File<GpuClient>,
    ) -> Result<u32> {
        *dev.lock() = Some(file.inner().get_ref()); //~ E0521 file
        Ok(0)
    }
    #[cfg(twin)]
    fn handler(
        dev: &drm::Device<Self, Registered>,
        _data: &(),
        _arg: &mut drm_nova_getparam,
        _file: &drm::File<GpuClient>,
    ) -> Result<u32> {
        *dev.lock() = None;
        Ok(0)
    }
}

fn main() {}
