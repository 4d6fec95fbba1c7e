//! A device whose driver declared no work item is not queued.
//@ claim: work-needs-its-pointer
//@ generations: api
use kernel::drm::{Driver, EverRegistered};
use kernel::workqueue::RawWorkItem;

fn enqueue<W: RawWorkItem<0>>(_: W) {}

#[cfg(not(twin))]
fn case<T: Driver>(dev: EverRegistered<T>) {
    enqueue(dev); //~ E0277 WorkItem
                  //~^ E0277 HasWork
}
#[cfg(twin)]
fn case<T: Driver>(dev: EverRegistered<T>)
where
    EverRegistered<T>: RawWorkItem<0>,
{
    enqueue(dev);
}

fn main() {}
