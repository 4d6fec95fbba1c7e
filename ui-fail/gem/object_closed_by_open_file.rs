//! The callback for a handle that is closed takes no open file.
//@ claim: closing-file-has-no-handles
//@ generations: api
use driver::{Buffer, Client, Probe};
use kernel::{drm, prelude::*};

struct Mine;

#[cfg(not(twin))]
type Closer = drm::File<Client>;
#[cfg(twin)]
type Closer = drm::file::ClosingFile<Client>;

impl drm::gem::DriverObject for Mine {
    type Driver = Probe;
    type Args = ();

    fn new(_: &drm::Device<Probe>, _: usize, _: ()) -> impl PinInit<Self, Error> {
        Ok(Mine)
    }

    fn close(_: &drm::gem::Object<Buffer>, _: &Closer) {
        //~^ E0053 ClosingFile
    }
}

fn main() {}
