//! A driver cannot write callbacks of a memory manager itself.
//@ claim: gem-manager-sealed
//@ generations: api, linux-7.3, linux-7.2, devicectx-v1
use driver::Buffer;
use kernel::drm::driver::{AllocImpl, AllocOps};
use kernel::drm::gem::Object;

#[cfg(not(twin))]
fn case() -> AllocOps {
    let _ = Object::<Buffer>::ALLOC_OPS;
    AllocOps {} //~ "cannot construct" "private fields"
}
#[cfg(twin)]
fn case() -> AllocOps {
    Object::<Buffer>::ALLOC_OPS
}

fn main() {}
