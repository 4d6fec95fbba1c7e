//! A queued work item keeps its device: it is freed by the queue's thread when the item has run.
//@ claim: device-is-shared
//@ generations: api, linux-7.3
use driver::{minimal_driver, with_parent, Tracked};
use kernel::drm::{self, Device};
use kernel::error::Result;
use kernel::prelude::*;
use kernel::sync::aref::ARef;
use kernel::workqueue::{self, Work, WorkItem};
use kernel::{impl_has_work, new_work};

#[pin_data]
pub struct Data {
    #[pin]
    work: Work<Device<Gpu>>,
    #[pin]
    tracked: Tracked,
}

impl_has_work! {
    impl HasWork<Device<Gpu>> for Data { self.work }
}

impl WorkItem for Data {
    type Pointer = ARef<Device<Gpu>>;

    fn run(dev: ARef<Device<Gpu>>) {
        drop(dev);
    }
}

minimal_driver!(Gpu, GpuClient, GpuBuffer, data: Data, ioctls: {});

pub fn main() -> Result {
    with_parent(|parent| {
        let data = try_pin_init!(Data {
            work <- new_work!(),
            tracked <- Tracked::new("device data"),
        });
        let dev = drm::UnregisteredDevice::<Gpu>::new(parent, data)?;
        let handle = ARef::<Device<Gpu>>::from(&*dev);
        assert!(workqueue::system().enqueue::<_, 0>(handle).is_ok());
        Ok(())
    })
}
