//! A file of one type is not a file of a supertype: the two may belong to different drivers, and a
//! handle of the one would be looked up as an object of the other.
//@ claim: driver-owns-file
//@ generations: api, linux-7.3, linux-7.2
use driver::Probe;
use kernel::{drm, prelude::*};

type General = for<'a> fn(&'a u8);
#[cfg(not(twin))]
type Narrow = fn(&'static u8);
#[cfg(twin)]
type Narrow = General;

struct Client<X>(X);

impl<X: Send + Sync + 'static> drm::file::DriverFile for Client<X> {
    type Driver = Probe;

    fn open(_dev: &drm::Device<Probe>) -> Result<Pin<KBox<Self>>> {
        Err(ENODEV)
    }
}

fn case(file: &drm::File<Client<General>>) -> &drm::File<Client<Narrow>> {
    file //~ E0308 "more general"
}

fn main() {
    let _ = Client(0).0;
}
