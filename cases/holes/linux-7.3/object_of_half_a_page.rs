//! An object of a size that is no number of pages stops the machine.
//!
//! `gem::Object::new` passes the size on to `drm_gem_object_init`, which has a `BUG_ON` for a size
//! that is no multiple of a page. A driver that passes on the size that a client asks for, without a
//! single unsafe operation, lets the client stop the kernel. (A size of zero makes an object that
//! cannot be mapped.)
//!
//! Where: `rust/kernel/drm/gem/mod.rs`, `Object::new`; `drivers/gpu/drm/drm_gem.c`,
//! `drm_gem_private_object_init`.
//!
//! To close it: return `EINVAL` for a size that is zero or no multiple of `PAGE_SIZE`.
//@ claim: driver-owns-object
//@ generations: linux-7.3
//@ violation: bad-argument
use driver::{data, with_parent, Buffer, Probe};
use kernel::drm::gem::Object;
use kernel::drm::UnregisteredDevice;
use kernel::error::Result;

pub fn main() -> Result {
    with_parent(|parent| {
        let dev = UnregisteredDevice::<Probe>::new(parent, data())?;
        let _ = Object::<Buffer>::new(&dev, 2048, ());
        Ok(())
    })
}
