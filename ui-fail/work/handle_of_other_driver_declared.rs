//! A driver's work item cannot be given the devices of another driver.
//@ claim: work-needs-its-pointer
//@ generations: api, linux-7.3, linux-7.2, devicectx-v1
use kernel::drm::Device;
use kernel::prelude::*;
use kernel::sync::aref::ARef;
use kernel::workqueue::{Work, WorkItem};

#[pin_data]
pub struct Data {
    #[pin]
    work: Work<Device<Gpu>>,
}

driver::minimal_driver!(Gpu, GpuClient, GpuBuffer, data: Data, ioctls: {});
kernel::impl_has_work! { impl HasWork<Device<Gpu>> for Data { self.work } }

#[cfg(not(twin))]
type Handle = ARef<Device<driver::Other>>;
#[cfg(twin)]
type Handle = ARef<Device<Gpu>>;

impl WorkItem for Data {
    type Pointer = Handle; //~ E0277 HasWork
                           //~^ E0277 "u64: WorkItem"

    fn run(_: Handle) {}
}

fn main() {}
