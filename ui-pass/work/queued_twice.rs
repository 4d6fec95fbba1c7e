//! A work item that is queued already gives its handle back, whatever kind of handle it is, so that
//! no reference is lost.
//@ claim: work-needs-its-pointer
use driver::{minimal_driver, with_parent};
use kernel::drm::{self, Device, EverRegistered};
use kernel::error::Result;
use kernel::prelude::*;
use kernel::sync::aref::ARef;
use kernel::workqueue::{self, Queue, Work, WorkItem};
use kernel::{impl_has_work, new_work};
use std::sync::Mutex;

/// Held while the first item must not end.
static GATE: Mutex<()> = Mutex::new(());

#[pin_data]
pub struct Data {
    #[pin]
    first: Work<Device<Gpu>, 1>,
    #[pin]
    counted: Work<Device<Gpu>, 2>,
    #[pin]
    registered: Work<Device<Gpu>, 3>,
}

impl_has_work! {
    impl HasWork<Device<Gpu>, 1> for Data { self.first }
    impl HasWork<Device<Gpu>, 2> for Data { self.counted }
    impl HasWork<Device<Gpu>, 3> for Data { self.registered }
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

impl WorkItem<3> for Data {
    type Pointer = EverRegistered<Gpu>;

    fn run(_dev: EverRegistered<Gpu>) {}
}

minimal_driver!(Gpu, GpuClient, GpuBuffer, data: Data, ioctls: {});

pub fn main() -> Result {
    with_parent(|parent| {
        let data = try_pin_init!(Data {
            first <- new_work!(),
            counted <- new_work!(),
            registered <- new_work!(),
        });
        let dev = drm::UnregisteredDevice::<Gpu>::new(parent, data)?;
        // SAFETY: The registration is dropped at the end of this closure, below a bound parent.
        let registration = unsafe { drm::Registration::new(parent.as_ref(), dev, (), 0) }?;
        let gate = GATE.lock();
        queue_all(workqueue::system(), &registration);
        drop(gate);
        workqueue::flush_workqueue(workqueue::system());
        Ok(())
    })
}

fn queue_all(queue: &Queue, registration: &drm::Registration<'_, Gpu>) {
    let counted = || ARef::<Device<Gpu>>::from(registration.device());
    let registered = || EverRegistered::from(registration.ioctl_device());
    // The queue has one thread, which this item occupies until the gate opens.
    assert!(queue.enqueue::<_, 1>(counted()).is_ok());
    assert!(queue.enqueue::<_, 2>(counted()).is_ok());
    assert!(queue.enqueue::<_, 2>(counted()).is_err());
    assert!(queue.enqueue::<_, 3>(registered()).is_ok());
    let refused = queue.enqueue::<_, 3>(registered());
    assert!(refused.is_err_and(|dev| dev.registration_guard().is_some()));
}
