//! An object tells its device with its driver: it is no other driver's device.
//@ claim: driver-owns-object
//@ generations: api, linux-7.3, linux-7.2, devicectx-v1
use driver::Buffer;
use kernel::drm::{self, gem::Object};

#[cfg(not(twin))]
use driver::Other as Named;
#[cfg(twin)]
use driver::Probe as Named;

fn case(obj: &Object<Buffer>) -> &drm::Device<Named> {
    obj.dev() //~ E0308 Other
}

fn main() {}
