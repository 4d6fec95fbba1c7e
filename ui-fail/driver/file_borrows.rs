//! The data of a file cannot borrow: a client may keep the file open for ever.
//@ claim: driver-is-static
//@ generations: api, linux-7.3
use driver::Probe;
use kernel::{drm, prelude::*};

struct Client<X>(X);

#[cfg(not(twin))]
impl<X: Send + Sync> drm::file::DriverFile for Client<X> {
    //~^ E0310 static
    //~^^ E0310 static
    type Driver = Probe;

    fn open(_dev: &drm::Device<Probe>) -> Result<Pin<KBox<Self>>> {
        Err(ENODEV)
    }
}
#[cfg(twin)]
impl<X: Send + Sync + 'static> drm::file::DriverFile for Client<X> {
    type Driver = Probe;

    fn open(_dev: &drm::Device<Probe>) -> Result<Pin<KBox<Self>>> {
        Err(ENODEV)
    }
}

fn main() {
    let _ = Client(0).0;
}
