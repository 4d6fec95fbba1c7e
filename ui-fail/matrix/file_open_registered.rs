//! Opening a file with a `Registered` device, declared in the trait, is refused: a node is open to
//! clients before registration has ended, and after it.
//@ claim: context-only-weakens
use core::pin::Pin;
use driver::Probe;
use kernel::alloc::KBox;
use kernel::drm;
use kernel::error::code::ENODEV;
use kernel::error::Result;

struct Mine;

#[cfg(not(twin))]
impl drm::file::DriverFile for Mine {
    type Driver = Probe;

    fn open(_dev: &drm::Device<Probe, drm::Registered>) -> Result<Pin<KBox<Self>>> {
        //~^ E0053 incompatible
        Err(ENODEV)
    }
}

#[cfg(twin)]
impl drm::file::DriverFile for Mine {
    type Driver = Probe;

    fn open(_dev: &drm::Device<Probe>) -> Result<Pin<KBox<Self>>> {
        Err(ENODEV)
    }
}

fn main() {}
