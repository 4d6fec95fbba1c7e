//! An object of one type is not an object of a supertype: the two may belong to different drivers.
//@ claim: driver-owns-object
//@ generations: api, linux-7.3
use driver::Probe;
use kernel::{drm, prelude::*};

type General = for<'a> fn(&'a u8);
#[cfg(not(twin))]
type Narrow = fn(&'static u8);
#[cfg(twin)]
type Narrow = General;

struct Buffer<X>(X);

impl<X: Send + Sync + 'static> drm::gem::DriverObject for Buffer<X> {
    type Driver = Probe;
    type Args = X;

    fn new(_: &drm::Device<Probe>, _: usize, args: X) -> impl PinInit<Self, Error> {
        Ok(Buffer(args))
    }
}

fn case(obj: &drm::gem::Object<Buffer<General>>) -> &drm::gem::Object<Buffer<Narrow>> {
    obj //~ E0308 "more general"
}

fn main() {
    let _ = Buffer(0).0;
}
