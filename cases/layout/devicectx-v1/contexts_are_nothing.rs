//! The contexts of the first posting have no size and no alignment, and keep that of a device.
//@ claim: context-zero-sized
//@ generations: devicectx-v1
use driver::{minimal_driver, Other, Probe};
use kernel::drm::{AnyCtx, Device, Driver, Registered};

minimal_driver!(Large, LargeClient, LargeBuffer, data: [u64; 1024], ioctls: {});

const fn assert_is_nothing<C>() {
    assert!(size_of::<C>() == 0);
    assert!(align_of::<C>() == 1);
    assert!(!core::mem::needs_drop::<C>());
}

const fn assert_is_kept<T: Driver>() {
    assert!(size_of::<Device<T, AnyCtx>>() == size_of::<Device<T, Registered>>());
    assert!(align_of::<Device<T, AnyCtx>>() == align_of::<Device<T, Registered>>());
}

const _: () = {
    assert_is_nothing::<AnyCtx>();
    assert_is_nothing::<Registered>();
    assert_is_kept::<Probe>();
    assert_is_kept::<Other>();
    assert_is_kept::<Large>();
};

fn main() {}
