//! A work item that wants a handle that remembers registration cannot be run with one that does
//! not.
//@ claim: work-needs-its-pointer
//@ generations: api
use kernel::drm::{Device, Driver, EverRegistered};
use kernel::sync::aref::ARef;
use kernel::workqueue::WorkItem;

#[cfg(not(twin))]
fn case<T: Driver>(dev: ARef<Device<T>>)
where
    T::Data: WorkItem<Pointer = EverRegistered<T>>,
{
    T::Data::run(dev); //~ E0308 EverRegistered
}
#[cfg(twin)]
fn case<T: Driver>(dev: EverRegistered<T>)
where
    T::Data: WorkItem<Pointer = EverRegistered<T>>,
{
    let _: ARef<Device<T>> = (&**dev).into();
    T::Data::run(dev);
}

fn main() {}
