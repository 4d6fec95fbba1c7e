//! The contexts have no size, no alignment and nothing to drop, and no context adds to a handle.
//@ claim: context-zero-sized
//@ generations: api, linux-7.3
use driver::Probe;
use kernel::drm::{Device, Ioctl, Normal, Registered};

const fn assert_is_nothing<C>() {
    assert!(size_of::<C>() == 0);
    assert!(align_of::<C>() == 1);
    assert!(!core::mem::needs_drop::<C>());
    assert!(size_of::<[C; 16]>() == 0);
}

const _: () = {
    assert_is_nothing::<Normal>();
    assert_is_nothing::<Ioctl>();
    assert_is_nothing::<Registered>();
    assert!(size_of::<&Device<Probe, Registered>>() == size_of::<usize>());
    assert!(size_of::<Option<&Device<Probe, Registered>>>() == size_of::<usize>());
};

fn main() {}
