//! A file is opened on a device that was registered.
//@ claim: context-only-weakens
//@ generations: linux-7.2
use driver::Probe;
use kernel::drm::{self, file::DriverFile};
use kernel::prelude::*;

struct Mine;

impl DriverFile for Mine {
    type Driver = Probe;

    #[cfg(not(twin))]
    fn open(_: &drm::Device<Probe, drm::Uninit>) -> Result<Pin<KBox<Self>>> {
        //~^ E0053 incompatible
        Err(ENODEV)
    }
    #[cfg(twin)]
    fn open(_: &drm::Device<Probe, drm::Registered>) -> Result<Pin<KBox<Self>>> {
        Err(ENODEV)
    }
}

fn main() {}
