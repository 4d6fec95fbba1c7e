//! Safe code may stop the machine, by an object whose size is no number of pages.
//!
//! `gem::Object::new()` hands the size to `drm_gem_object_init()`, which ends in a `BUG_ON` unless
//! it is a multiple of a page. A driver that passes on what a client asks for lets the client do it.
//!
//! Here a driver asks for 2 KiB. `Object::new()` should answer `EINVAL`, or round up as its callers
//! are expected to.
//@ claim: driver-owns-object
//@ generations: linux-7.2
//@ violation: bad-argument
use driver::{with_sample, Buffer, Probe};
use kernel::drm::gem::Object;
use kernel::error::Result;

pub fn main() -> Result {
    with_sample::<Probe, _>(|dev| Object::<Buffer, _>::new(&dev, 2048, ()).map(drop))
}
