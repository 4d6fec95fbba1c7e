//! A work item that runs after its device was unplugged gets no guard, and leaves the registration
//! data alone.
//@ claim: work-needs-its-pointer
use driver::{minimal_driver, with_parent};
use kernel::drm::{self, Device, EverRegistered};
use kernel::error::{Error, Result};
use kernel::prelude::*;
use kernel::workqueue::{self, Work, WorkItem};
use kernel::{impl_has_work, new_work};
use std::sync::atomic::{AtomicU32, Ordering};

static WITH_GUARD: AtomicU32 = AtomicU32::new(0);
static WITHOUT_GUARD: AtomicU32 = AtomicU32::new(0);

#[pin_data]
pub struct Data {
    #[pin]
    work: Work<Device<Gpu>>,
}

impl_has_work! {
    impl HasWork<Device<Gpu>> for Data { self.work }
}

impl WorkItem for Data {
    type Pointer = EverRegistered<Gpu>;

    fn run(dev: EverRegistered<Gpu>) {
        let counter = match dev.registration_guard() {
            Some(guard) => {
                assert_eq!(guard.registration_data_with(|data| *data), 7);
                &WITH_GUARD
            }
            None => &WITHOUT_GUARD,
        };
        counter.fetch_add(1, Ordering::Relaxed);
    }
}

minimal_driver!(Gpu, GpuClient, GpuBuffer, data: Data,
    registration_data<'a>: u64, parent: faux, ioctls: {});

pub fn main() -> Result {
    with_parent(|parent| {
        let data = try_pin_init!(Data { work <- new_work!() });
        let dev = drm::UnregisteredDevice::<Gpu>::new(parent, data)?;
        let data = Ok::<_, Error>(7);
        // SAFETY: The registration is dropped below, while the parent is bound.
        let registration = unsafe { drm::Registration::new(parent.as_ref(), dev, data, 0) }?;
        let dev = EverRegistered::from(registration.ioctl_device());
        run(&dev);
        drop(registration);
        run(&dev);
        assert_eq!(WITH_GUARD.load(Ordering::Relaxed), 1);
        assert_eq!(WITHOUT_GUARD.load(Ordering::Relaxed), 1);
        Ok(())
    })
}

/// Runs the item, on the queue's thread.
fn run(dev: &EverRegistered<Gpu>) {
    assert!(workqueue::system().enqueue::<_, 0>(dev.clone()).is_ok());
    workqueue::flush_workqueue(workqueue::system());
}
