//! The last reference to an object is dropped on any thread, so its data must be `Send`.
//@ claim: gem-object-thread-safe
//@ generations: api, linux-7.3
use driver::Probe;
use kernel::{drm, prelude::*, sync};

// A guard is `Sync` but not `Send`.
#[cfg(not(twin))]
struct Buffer(sync::MutexGuard<'static, u64>);
#[cfg(twin)]
struct Buffer(&'static sync::Mutex<u64>);

impl drm::gem::DriverObject for Buffer {
    //~^ E0277 "sent between threads"
    type Driver = Probe;
    type Args = Self;

    fn new(_: &drm::Device<Probe>, _: usize, args: Self) -> impl PinInit<Self, Error> {
        let _ = &args.0;
        Ok(args)
    }
}

fn main() {}
