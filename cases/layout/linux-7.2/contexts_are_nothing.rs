//! The two contexts have no size, no alignment and nothing to drop.
//@ claim: context-zero-sized
//@ generations: linux-7.2
use driver::{Buffer, Probe};
use kernel::drm::gem::Object;
use kernel::drm::{Device, Registered, Uninit};

const fn assert_is_nothing<C>() {
    assert!(size_of::<C>() == 0);
    assert!(align_of::<C>() == 1);
    assert!(!core::mem::needs_drop::<C>());
    assert!(size_of::<[C; 16]>() == 0);
}

const _: () = {
    assert_is_nothing::<Registered>();
    assert_is_nothing::<Uninit>();
    assert!(size_of::<&Device<Probe, Uninit>>() == size_of::<usize>());
    assert!(size_of::<Option<&Object<Buffer, Uninit>>>() == size_of::<usize>());
};

fn main() {}
