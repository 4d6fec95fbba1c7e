//! A device keeps its parent alive, but tells no more of it than that it exists.
//@ claim: bound-ends-with-unbind
//@ generations: api, linux-7.3
use driver::{data, with_parent, Probe};
use kernel::drm::{self, Device};
use kernel::error::Result;
use kernel::sync::aref::ARef;
use kernel::{device, faux};

pub fn main() -> Result {
    let dev: ARef<Device<Probe>> = with_parent(|parent| {
        let dev = drm::UnregisteredDevice::<Probe>::new(parent, data())?;
        Ok((&*dev).into())
    })?;
    let parent: &faux::Device<device::Normal> = (*dev).as_ref();
    let parent: &device::Device = parent.as_ref();
    assert_eq!(parent.name(), c"probe");
    Ok(())
}
