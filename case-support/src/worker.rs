//! Two drivers whose devices can be queued as work, one with each kind of handle.

#![expect(missing_docs, reason = "`minimal_driver!` documents nothing")]

use kernel::drm::{self, Device, EverRegistered};
use kernel::prelude::*;
use kernel::sync::aref::ARef;
use kernel::workqueue::{Work, WorkItem};
use kernel::{device, faux, impl_has_work, new_work};

use crate::{minimal_driver, Sample};

/// Data whose work item takes any device.
#[pin_data]
pub struct CountedWork {
    #[pin]
    work: Work<Device<CountedWorker>>,
}

impl_has_work! {
    impl HasWork<Device<CountedWorker>> for CountedWork { self.work }
}

impl WorkItem for CountedWork {
    type Pointer = ARef<Device<CountedWorker>>;

    fn run(dev: ARef<Device<CountedWorker>>) {
        drop(dev);
    }
}

minimal_driver!(CountedWorker, CountedClient, CountedBuffer, data: CountedWork, ioctls: {});

impl Sample for CountedWorker {
    fn device(parent: &faux::Device<device::Bound>) -> Result<drm::UnregisteredDevice<Self>> {
        let data = try_pin_init!(CountedWork { work <- new_work!() });
        drm::UnregisteredDevice::new(parent, data)
    }

    fn registration_data<'a>() -> impl PinInit<(), Error> {
        Ok(())
    }
}

/// Data whose work item takes a device that was registered, and asks for a guard.
#[pin_data]
pub struct EverWork {
    #[pin]
    work: Work<Device<EverWorker>>,
}

impl_has_work! {
    impl HasWork<Device<EverWorker>> for EverWork { self.work }
}

impl WorkItem for EverWork {
    type Pointer = EverRegistered<EverWorker>;

    fn run(dev: EverRegistered<EverWorker>) {
        if let Some(guard) = dev.registration_guard() {
            guard.registration_data_with(|value| assert_eq!(*value, 7));
        }
    }
}

minimal_driver!(EverWorker, EverClient, EverBuffer, data: EverWork,
    registration_data<'a>: u64, parent: faux, ioctls: {});

impl Sample for EverWorker {
    fn device(parent: &faux::Device<device::Bound>) -> Result<drm::UnregisteredDevice<Self>> {
        let data = try_pin_init!(EverWork { work <- new_work!() });
        drm::UnregisteredDevice::new(parent, data)
    }

    fn registration_data<'a>() -> impl PinInit<u64, Error> {
        Ok(7)
    }
}
