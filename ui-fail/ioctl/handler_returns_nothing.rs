//! A handler tells what the client's call returns.
//@ claim: ioctl-argument-matches
//@ generations: api
use kernel::drm::{self, Registered};
use kernel::{prelude::*, uapi::drm_nova_getparam};

driver::minimal_driver!(Gpu, GpuClient, GpuBuffer, data: (), ioctls: { //~ E0308 Result
    (NOVA_GETPARAM, drm_nova_getparam, 0, Gpu::handler),
});

#[cfg(not(twin))]
type Returned = ();
#[cfg(twin)]
type Returned = u32;

impl Gpu {
    fn handler(
        _dev: &drm::Device<Self, Registered>,
        _data: &(),
        _arg: &mut drm_nova_getparam,
        _file: &drm::File<GpuClient>,
    ) -> Result<Returned> {
        Ok(Returned::default())
    }
}

fn main() {}
