//! The field that makes a device a work item is for that device: the queue finds the device from
//! the field.
//@ claim: work-needs-its-pointer
//@ generations: api, linux-7.3, linux-7.2, devicectx-v1
use kernel::drm::Device;
use kernel::prelude::*;
use kernel::workqueue::Work;

#[pin_data]
pub struct Data {
    #[pin]
    #[cfg(not(twin))]
    work: Work<Device<driver::Other>>,
    #[pin]
    #[cfg(twin)]
    work: Work<Device<Gpu>>,
}

driver::minimal_driver!(Gpu, GpuClient, GpuBuffer, data: Data, ioctls: {});
kernel::impl_has_work! { impl HasWork<Device<Gpu>> for Data { self.work } } //~ E0308 Other
                                                                            //~^ E0308 Other

fn main() {}
