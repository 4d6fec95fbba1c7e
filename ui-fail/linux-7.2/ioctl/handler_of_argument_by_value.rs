//! A handler is lent the argument; the DRM core copies it back to userspace.
//@ claim: ioctl-argument-matches
//@ generations: linux-7.2, devicectx-v1
use kernel::{drm, error::Result, uapi::drm_nova_getparam};

driver::minimal_driver!(Gpu, GpuClient, GpuBuffer, data: (), ioctls: { //~ E0308 drm_nova_getparam
    (NOVA_GETPARAM, drm_nova_getparam, 0, handler), //~ E0308 pointer
});

#[cfg(not(twin))]
fn handler(_: &drm::Device<Gpu>, _: drm_nova_getparam, _: &drm::File<GpuClient>) -> Result<u32> {
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
