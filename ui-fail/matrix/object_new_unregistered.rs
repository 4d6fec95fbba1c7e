//! Making the data of an object with a device that was not registered yet, declared in the trait,
//! is refused: objects are made before registration too.
//@ claim: context-only-weakens
use driver::Probe;
use kernel::drm;
use kernel::error::Error;
use kernel::prelude::PinInit;

struct Mine;

#[cfg(not(twin))]
impl drm::gem::DriverObject for Mine {
    type Driver = Probe;
    type Args = ();

    fn new(
        _dev: &drm::UnregisteredDevice<Probe>, //~ E0053 incompatible
        _size: usize,
        _args: (),
    ) -> impl PinInit<Self, Error> {
        Ok(Mine)
    }
}

#[cfg(twin)]
impl drm::gem::DriverObject for Mine {
    type Driver = Probe;
    type Args = ();

    fn new(_dev: &drm::Device<Probe>, _size: usize, _args: ()) -> impl PinInit<Self, Error> {
        Ok(Mine)
    }
}

fn main() {}
