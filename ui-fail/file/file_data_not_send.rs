//! A file is closed on any thread that has it, so its data must be `Send`.
//@ claim: file-thread-safe
//@ generations: api, linux-7.3, linux-7.2
use driver::Probe;
use kernel::{drm, prelude::*, sync};

// A guard is `Sync` but not `Send`.
#[cfg(not(twin))]
struct Client(sync::MutexGuard<'static, u64>);
#[cfg(twin)]
struct Client(sync::Arc<sync::Mutex<u64>>);

impl drm::file::DriverFile for Client {
    //~^ E0277 "sent between threads"
    type Driver = Probe;

    fn open(_dev: &drm::Device<Probe>) -> Result<Pin<KBox<Self>>> {
        Err(ENODEV)
    }
}

fn main() {}
