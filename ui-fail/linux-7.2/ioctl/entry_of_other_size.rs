//! The argument of an entry has the size that its number says.
//@ claim: ioctl-argument-matches
//@ generations: linux-7.2, devicectx-v1
use kernel::{drm, error::Result};

#[cfg(not(twin))]
driver::minimal_driver!(Gpu, GpuClient, GpuBuffer, data: (), ioctls: { //~ E0080 assertion
    (NOVA_GETPARAM, drm_version, 0, handler::<kernel::uapi::drm_version>),
});
#[cfg(twin)]
driver::minimal_driver!(Gpu, GpuClient, GpuBuffer, data: (), ioctls: {
    (NOVA_GETPARAM, drm_nova_getparam, 0, handler::<kernel::uapi::drm_nova_getparam>),
});

fn handler<A>(_: &drm::Device<Gpu>, _: &mut A, _: &drm::File<GpuClient>) -> Result<u32> {
    Ok(0)
}

fn main() {}
