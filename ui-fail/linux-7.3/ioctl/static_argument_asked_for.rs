//! A handler cannot ask for an argument that lives for ever: it is on the stack of the call.
//@ claim: ioctl-handler-keeps-nothing
//@ generations: linux-7.3
use kernel::drm::{self, Registered};
use kernel::{prelude::*, uapi::drm_nova_getparam};

driver::minimal_driver!(Gpu, GpuClient, GpuBuffer, data: (), ioctls: {
    (NOVA_GETPARAM, drm_nova_getparam, 0, handler), //~ E0308 "mismatched types"
});

#[cfg(not(twin))]
fn handler(
    _dev: &drm::Device<Gpu, Registered>,
    _data: &(),
    _arg: &'static mut drm_nova_getparam,
    _file: &drm::File<GpuClient>,
) -> Result<u32> {
    Ok(0)
}
#[cfg(twin)]
fn handler(
    _dev: &drm::Device<Gpu, Registered>,
    _data: &(),
    _arg: &mut drm_nova_getparam,
    _file: &drm::File<GpuClient>,
) -> Result<u32> {
    Ok(0)
}

fn main() {}
