//! A device whose work item wants a handle that remembers registration is not queued by one that
//! does not.
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
    type Pointer = EverRegistered<Gpu>;

    fn run(dev: EverRegistered<Gpu>) {
        let _ = dev.registration_guard();
    }
}

fn enqueue<W: RawWorkItem<0>>(_: W) {}

#[cfg(not(twin))]
fn case(dev: ARef<Device<Gpu>>, _: EverRegistered<Gpu>) {
    enqueue(dev); //~ E0271 EverRegistered
}
#[cfg(twin)]
fn case(_: ARef<Device<Gpu>>, dev: EverRegistered<Gpu>) {
    enqueue(dev);
}

fn main() {}
