//! A handler cannot ask for a device that lives for ever.
//@ claim: ioctl-handler-keeps-nothing
//@ generations: linux-7.2, devicectx-v1
use kernel::{drm, error::Result, uapi::drm_nova_getparam};

driver::minimal_driver!(Gpu, GpuClient, GpuBuffer, data: (), ioctls: {
    (NOVA_GETPARAM, drm_nova_getparam, 0, handler), //~ E0308 "mismatched types"
});

#[cfg(not(twin))]
fn handler(
    _: &'static drm::Device<Gpu>,
    _: &mut drm_nova_getparam,
    _: &drm::File<GpuClient>,
) -> Result<u32> {
    Ok(0)
}
#[cfg(twin)]
fn handler(
    _: &drm::Device<Gpu>,
    _: &mut drm_nova_getparam,
    _: &drm::File<GpuClient>,
) -> Result<u32> {
    Ok(0)
}

fn main() {}
