//! A work item that is queued already gives its handle back, so that no reference is lost.
//@ claim: work-needs-its-pointer
use driver::{minimal_driver, with_parent};
use kernel::drm::{self, Device};
use kernel::error::Result;
use kernel::prelude::*;
use kernel::sync::aref::ARef;
use kernel::workqueue::{self, Work, WorkItem};
use kernel::{impl_has_work, new_work};
use std::sync::Mutex;

/// Held while the first item must not end.
static GATE: Mutex<()> = Mutex::new(());

#[pin_data]
pub struct Data {
    #[pin]
    first: Work<Device<Gpu>, 1>,
    #[pin]
    second: Work<Device<Gpu>, 2>,
}

impl_has_work! {
    impl HasWork<Device<Gpu>, 1> for Data { self.first }
    impl HasWork<Device<Gpu>, 2> for Data { self.second }
}

impl WorkItem<1> for Data {
    type Pointer = ARef<Device<Gpu>>;

    fn run(_dev: ARef<Device<Gpu>>) {
        drop(GATE.lock());
    }
}

impl WorkItem<2> for Data {
    type Pointer = ARef<Device<Gpu>>;

    fn run(_dev: ARef<Device<Gpu>>) {}
}

minimal_driver!(Gpu, GpuClient, GpuBuffer, data: Data, ioctls: {});

pub fn main() -> Result {
    with_parent(|parent| {
        let data = try_pin_init!(Data {
            first <- new_work!(),
            second <- new_work!(),
        });
        let dev = drm::UnregisteredDevice::<Gpu>::new(parent, data)?;
        let handle = || ARef::<Device<Gpu>>::from(&*dev);
        let gate = GATE.lock();
        let queue = workqueue::system();
        assert!(queue.enqueue::<_, 1>(handle()).is_ok());
        // The queue has one thread, which the first item occupies or will.
        assert!(queue.enqueue::<_, 2>(handle()).is_ok());
        assert!(queue.enqueue::<_, 2>(handle()).is_err());
        drop(gate);
        workqueue::flush_workqueue(queue);
        Ok(())
    })
}
