//! A device is not queued as the work item of another driver's device.
//@ claim: work-needs-its-pointer
//@ generations: api
use kernel::drm::Device;
use kernel::prelude::*;
use kernel::sync::aref::ARef;
use kernel::workqueue::{RawWorkItem, Work, WorkItem};

#[pin_data]
pub struct Data {
    #[pin]
    work: Work<Device<Gpu>>,
    #[pin]
    thief: Work<Device<Thief>>,
}

driver::minimal_driver!(Gpu, GpuClient, GpuBuffer, data: Data, ioctls: {});
driver::minimal_driver!(Thief, ThiefClient, ThiefBuffer, data: Data, ioctls: {});
kernel::impl_has_work! {
    impl HasWork<Device<Gpu>> for Data { self.work }
    impl HasWork<Device<Thief>> for Data { self.thief }
}

impl WorkItem for Data {
    type Pointer = ARef<Device<Gpu>>;

    fn run(_: ARef<Device<Gpu>>) {}
}

fn enqueue<W: RawWorkItem<0>>(_: W) {}

#[cfg(not(twin))]
fn case(dev: ARef<Device<Thief>>) {
    enqueue(dev); //~ E0277 "cannot be queued"
                  //~^ E0271 Thief
}
#[cfg(twin)]
fn case(dev: ARef<Device<Gpu>>) {
    enqueue(dev);
}

fn main() {}
