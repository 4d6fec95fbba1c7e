//! A driver cannot make a memory manager of objects whose device is known to be registered.
//@ claim: gem-object-is-normal
//@ generations: api, linux-7.3
use kernel::drm::driver::{AllocImpl, AllocOps};
use kernel::drm::{gem::Object, Registered};

driver::minimal_driver!(Gpu, GpuClient, GpuBuffer, data: (), ioctls: {});

#[cfg(not(twin))]
impl AllocImpl for Object<GpuBuffer, Registered> {
    //~^ E0117 "outside of the crate"
    type Driver = Gpu;

    const ALLOC_OPS: AllocOps = Object::<GpuBuffer>::ALLOC_OPS;
}
#[cfg(twin)]
const _: (AllocOps, Registered) = (<Object<GpuBuffer> as AllocImpl>::ALLOC_OPS, Registered);

fn main() {}
