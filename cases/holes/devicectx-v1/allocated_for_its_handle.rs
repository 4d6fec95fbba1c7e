//! Making a device allocates as much as its handle needs, and not as much as the device does.
//!
//! The allocation asks for `Layout::new::<Self>()`. That was the device as long as the code stood in
//! `impl Device`; in `impl UnregisteredDevice` it is a counted pointer, so that eight bytes are
//! allocated for a `struct drm_device` and the driver's data behind it. Everything that is written
//! there belongs to somebody else.
//!
//! It went through five postings, and was found when a machine crashed. Naming the device,
//! `Layout::new::<Device<T, C>>()`, closes it; an assertion that the allocation covers the device
//! keeps it closed.
//@ claim: allocation-covers-device
//@ generations: devicectx-v1
//@ violation: allocation-too-small
use driver::{data, with_parent, Probe};
use kernel::drm;
use kernel::error::Result;

pub fn main() -> Result {
    with_parent(|parent| drm::UnregisteredDevice::<Probe>::new(parent, data()).map(drop))
}
