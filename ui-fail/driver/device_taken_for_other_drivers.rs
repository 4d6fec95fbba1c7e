//! A device of one driver is not a device of another, whose data is of another type.
//@ claim: driver-owns-file
//@ generations: api, linux-7.3, linux-7.2, devicectx-v1
use driver::Probe;
use kernel::drm::{file::DriverFile, Device};

#[cfg(twin)]
use driver::Client as Data;
#[cfg(not(twin))]
use driver::OtherClient as Data;

fn case(dev: &Device<Probe>) {
    let _ = Data::open(dev); //~ E0308 Other
}

fn main() {}
