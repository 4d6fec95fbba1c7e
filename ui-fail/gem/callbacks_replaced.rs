//! A driver cannot replace a callback of the memory manager that it uses.
//@ claim: gem-manager-sealed
//@ generations: api, linux-7.3, linux-7.2, devicectx-v1
use kernel::drm::driver::{AllocImpl, AllocOps};

#[cfg(not(twin))]
fn case<T: AllocImpl>() -> AllocOps {
    let mut ops = T::ALLOC_OPS;
    ops.gem_create_object = None; //~ E0616 private
    ops
}
#[cfg(twin)]
fn case<T: AllocImpl>() -> AllocOps {
    T::ALLOC_OPS
}

fn main() {}
