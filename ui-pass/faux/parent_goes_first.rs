//! The parent of an unregistered device is unbound first; the device lives on, and goes with its
//! last handle.
//@ claim: unregistered-needs-bound-parent
//@ generations: api, linux-7.3
use driver::{data, Probe};
use kernel::drm::{self, Device};
use kernel::error::Result;
use kernel::sync::aref::ARef;
use kernel::{device, faux};

pub fn main() -> Result {
    let parent = faux::Registration::new(c"parent", None)?;
    let dev = drm::UnregisteredDevice::<Probe>::new(parent.as_ref(), data())?;
    let handle: ARef<Device<Probe>> = (&*dev).into();
    drop(parent);
    drop(dev);
    let parent: &faux::Device<device::Normal> = (*handle).as_ref();
    assert_eq!(AsRef::<device::Device>::as_ref(parent).name(), c"parent");
    assert_eq!(handle.value, 7);
    Ok(())
}
