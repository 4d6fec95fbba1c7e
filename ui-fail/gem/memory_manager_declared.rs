//! A driver cannot add a memory manager: the DRM core would cast what it never made.
//@ claim: gem-manager-sealed
//@ generations: api, linux-7.3, linux-7.2, devicectx-v1
use driver::{Buffer, Probe};
use kernel::drm::driver::{AllocImpl, AllocOps};
use kernel::drm::gem::Object;

#[cfg(not(twin))]
struct Manager;
#[cfg(not(twin))]
impl AllocImpl for Manager {
    //~^ E0277 IntoGEMObject
    type Driver = Probe;

    const ALLOC_OPS: AllocOps = Object::<Buffer>::ALLOC_OPS;
}
#[cfg(twin)]
const _: AllocOps = <Object<Buffer> as AllocImpl>::ALLOC_OPS;

fn main() {
    let _ = Probe;
}
