//! A work item cannot be given a device that is known to be registered: when it runs, that may be
//! over.
//@ claim: work-needs-its-pointer
//@ generations: api
use kernel::drm::{Device, EverRegistered, Registered};
use kernel::prelude::*;
use kernel::workqueue::{Work, WorkItem};

#[pin_data]
pub struct Data {
    #[pin]
    work: Work<Device<Gpu>>,
}

driver::minimal_driver!(Gpu, GpuClient, GpuBuffer, data: Data, ioctls: {});
kernel::impl_has_work! { impl HasWork<Device<Gpu>> for Data { self.work } }

#[cfg(not(twin))]
type Handle = &'static Device<Gpu, Registered>;
#[cfg(twin)]
type Handle = EverRegistered<Gpu>;

impl WorkItem for Data {
    type Pointer = Handle; //~ E0277 WorkItemPointer

    fn run(_: Handle) {}
}

fn main() {
    let _ = (Registered, core::any::type_name::<EverRegistered<Gpu>>());
}
