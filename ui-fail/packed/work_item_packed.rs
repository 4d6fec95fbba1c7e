//! A packed structure would put a work item at an odd address.
//@ claim: fields-are-aligned
//@ generations: api, linux-7.3
use driver::minimal_driver;
use kernel::drm::Device;
use kernel::prelude::*;
use kernel::sync::aref::ARef;
use kernel::workqueue::{Work, WorkItem};
use kernel::{impl_has_work, new_work};

#[pin_data] //~ E0793 packed
#[cfg_attr(not(twin), repr(C, packed))]
pub struct Data {
    odd: u8,
    #[pin]
    work: Work<Device<Gpu>>,
}

impl_has_work! {
    impl HasWork<Device<Gpu>> for Data { self.work }
}

impl WorkItem for Data {
    type Pointer = ARef<Device<Gpu>>;

    fn run(_: ARef<Device<Gpu>>) {}
}

minimal_driver!(Gpu, GpuClient, GpuBuffer, data: Data, ioctls: {});

pub fn case() -> impl PinInit<Data, Error> {
    try_pin_init!(Data { odd: 1, work <- new_work!() }) //~ E0793 packed
}

fn main() {}
