//! A device whose work item wants a plain handle is queued by a plain handle: what the item gets
//! back is what was queued.
//@ claim: work-needs-its-pointer
//@ generations: api
use kernel::drm::{Device, EverRegistered};
use kernel::prelude::*;
use kernel::sync::aref::ARef;
use kernel::workqueue::{RawWorkItem, Work, WorkItem};

#[pin_data]
pub struct Data {
    #[pin]
    work: Work<Device<Gpu>>,
}

driver::minimal_driver!(Gpu, GpuClient, GpuBuffer, data: Data, ioctls: {});
kernel::impl_has_work! { impl HasWork<Device<Gpu>> for Data { self.work } }

impl WorkItem for Data {
    type Pointer = ARef<Device<Gpu>>;

    fn run(_: ARef<Device<Gpu>>) {}
}

fn enqueue<W: RawWorkItem<0>>(_: W) {}

#[cfg(not(twin))]
fn case(dev: EverRegistered<Gpu>) {
    enqueue(dev); //~ E0271 ARef
}
#[cfg(twin)]
fn case(dev: EverRegistered<Gpu>) {
    enqueue(ARef::<Device<Gpu>>::from(&**dev));
}

fn main() {}
