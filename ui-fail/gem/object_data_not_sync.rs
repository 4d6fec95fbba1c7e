//! Several files have handles of one object, so its data must be `Sync`.
//@ claim: gem-object-thread-safe
//@ generations: api, linux-7.3
use driver::Probe;
use kernel::{drm, prelude::*};

// A cell is `Send` but not `Sync`.
#[cfg(not(twin))]
struct Buffer(core::cell::Cell<u64>);
#[cfg(twin)]
struct Buffer(core::sync::atomic::AtomicU64);

impl drm::gem::DriverObject for Buffer {
    //~^ E0277 "shared between threads"
    type Driver = Probe;
    type Args = Self;

    fn new(_: &drm::Device<Probe>, _: usize, args: Self) -> impl PinInit<Self, Error> {
        let _ = &args.0;
        Ok(args)
    }
}

fn main() {}
