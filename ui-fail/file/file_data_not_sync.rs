//! Several threads call ioctls on one file at once, so its data must be `Sync`.
//@ claim: file-thread-safe
//@ generations: api, linux-7.3, linux-7.2
use driver::Probe;
use kernel::{drm, prelude::*};

// A cell is `Send` but not `Sync`.
#[cfg(not(twin))]
struct Client(core::cell::Cell<u64>);
#[cfg(twin)]
struct Client(core::sync::atomic::AtomicU64);

impl drm::file::DriverFile for Client {
    //~^ E0277 "shared between threads"
    type Driver = Probe;

    fn open(_dev: &drm::Device<Probe>) -> Result<Pin<KBox<Self>>> {
        Err(ENODEV)
    }
}

fn main() {}
