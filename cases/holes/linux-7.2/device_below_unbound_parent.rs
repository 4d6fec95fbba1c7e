//! By design, a device may be made below a parent of any kind that is not bound, and never was.
//!
//! `UnregisteredDevice::new()` takes `&device::Device`, which says neither that a driver is bound
//! to the parent, nor to which bus it belongs. What the driver concludes from its own probe it has
//! to remember, and check again when it asks for the parent as a device of its bus.
//!
//! Registering asks for the parent as bound, and compares the two, so nothing more follows from it
//! in this generation. `Driver::ParentDevice` of the next one names the bus.
//@ claim: unregistered-needs-bound-parent
//@ generations: linux-7.2
use driver::{data, with_parent, Probe};
use kernel::error::Result;
use kernel::sync::aref::ARef;
use kernel::{device, drm};

pub fn main() -> Result {
    let parent: ARef<device::Device> = with_parent(|parent| Ok(parent.into()))?;
    let dev = drm::UnregisteredDevice::<Probe>::new(&parent, data())?;
    drop(dev);
    Ok(())
}
