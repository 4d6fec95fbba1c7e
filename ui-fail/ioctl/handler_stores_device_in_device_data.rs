//! A handler cannot keep its device, known to be registered, in the data of the device; it can keep
//! a counted handle.
//@ claim: ioctl-handler-keeps-nothing
//@ generations: api, linux-7.3
use kernel::drm::{self, Registered};
use kernel::sync::Mutex;
use kernel::{prelude::*, uapi::drm_nova_getparam};

pub struct Kept(
    Option<&'static drm::Device<Gpu, Registered>>,
    Option<kernel::sync::aref::ARef<drm::Device<Gpu>>>,
);

driver::minimal_driver!(Gpu, GpuClient, GpuBuffer, data: Mutex<Kept>, ioctls: {
    (NOVA_GETPARAM, drm_nova_getparam, 0, Gpu::handler),
});

impl Gpu {
    #[cfg(not(twin))]
    fn handler(
        dev: &drm::Device<Self, Registered>,
        _data: &(),
        _arg: &mut drm_nova_getparam,
        _file: &drm::File<GpuClient>,
    ) -> Result<u32> {
        dev.lock().0 = Some(dev); //~ "lifetime may not live long enough"
        Ok(0)
    }
    #[cfg(twin)]
    fn handler(
        dev: &drm::Device<Self, Registered>,
        _data: &(),
        _arg: &mut drm_nova_getparam,
        _file: &drm::File<GpuClient>,
    ) -> Result<u32> {
        let dev: &drm::Device<Self> = dev;
        dev.lock().1 = Some(dev.into());
        Ok(0)
    }
}

fn main() {}
