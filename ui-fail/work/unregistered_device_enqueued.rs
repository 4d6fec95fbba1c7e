//! The right to register a device does not wait in a queue: it stays on its thread.
//@ claim: work-needs-its-pointer
//@ generations: api, linux-7.3
use kernel::drm::{Device, Driver, UnregisteredDevice};
use kernel::sync::aref::ARef;
use kernel::workqueue::RawWorkItem;

fn enqueue<W: RawWorkItem<0>>(_: W) {}

#[cfg(not(twin))]
fn case<T: Driver>(dev: UnregisteredDevice<T>)
where
    ARef<Device<T>>: RawWorkItem<0>,
{
    enqueue(dev); //~ E0277 UnregisteredDevice
}
#[cfg(twin)]
fn case<T: Driver>(dev: UnregisteredDevice<T>)
where
    ARef<Device<T>>: RawWorkItem<0>,
{
    enqueue(ARef::from(&*dev));
}

fn main() {}
