//! A GEM object does not keep its device alive.
//!
//! `gem::Object::new` takes a device and returns a counted handle of the object. Neither the C side
//! nor the Rust side counts a reference to the device, so the last handle of the device may be
//! dropped first. `Object::dev` then lends memory that was freed, and freeing the object uses the
//! device's table of mapping offsets. A handle or a mapping of userspace holds its file and by it the
//! device; a handle in the kernel holds nothing.
//!
//! Where: `rust/kernel/drm/gem/mod.rs`, `Object::new` and `Object::dev`; the same in
//! `rust/kernel/drm/gem/shmem.rs`.
//!
//! To close it: an `ARef<Device<T::Driver>>` in the object, dropped after the object was released.
//@ claim: gem-keeps-device
//@ generations: linux-7.3
//@ violation: gem-object-leak + use-after-free
use driver::{data, with_parent, Buffer, Probe};
use kernel::drm::gem::Object;
use kernel::drm::UnregisteredDevice;
use kernel::error::Result;

pub fn main() -> Result {
    let object = with_parent(|parent| {
        let dev = UnregisteredDevice::<Probe>::new(parent, data())?;
        Object::<Buffer>::new(&dev, 4096, ())
    })?;
    assert_eq!(object.dev().value, 7);
    Ok(())
}
