//! A GEM object may outlive its device, and lends it nevertheless.
//!
//! `gem::Object::dev()` dereferences the device of the C object, and its safety comment says that
//! this is valid for as long as the object lives. `drm_gem_object_init()` takes no reference to the
//! device, though; in C the files keep it alive, and an object that a driver holds itself is not in
//! any file. Dropping the object later reaches the freed device as well.
//!
//! A driver need not mean to: one that makes an object before it registers has it still when
//! registering fails, which drops the device.
//!
//! Here an object is kept beyond the only reference to its device, and asked for it. `Object::new()`
//! should take a counted reference, and `free_callback()` drop it last.
//@ claim: gem-keeps-device
//@ generations: linux-7.2
//@ violation: gem-object-leak + use-after-free
use driver::{with_sample, Buffer, Probe};
use kernel::drm::gem::Object;
use kernel::error::Result;

pub fn main() -> Result {
    let object = with_sample::<Probe, _>(|dev| Object::<Buffer, _>::new(&dev, 4096, ()))?;
    assert_eq!(object.dev().value, 7);
    Ok(())
}
