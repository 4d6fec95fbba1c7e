//! The data of a file is made with the device that was opened, which is one of the file's driver.
//@ claim: driver-owns-file
//@ generations: api, linux-7.3, linux-7.2, devicectx-v1
use driver::{Other, Probe};
use kernel::{drm, prelude::*};

struct Client;

#[cfg(not(twin))]
type Device = drm::Device<Other>;
#[cfg(twin)]
type Device = drm::Device<Probe>;

impl drm::file::DriverFile for Client {
    type Driver = Probe;

    fn open(_dev: &Device) -> Result<Pin<KBox<Self>>> {
        //~^ E0053 Other
        Err(ENODEV)
    }
}

fn main() {
    let _ = core::any::type_name::<Other>();
}
