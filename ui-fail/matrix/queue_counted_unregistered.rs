//! Queueing as work that takes an `ARef` of a device that was not registered yet is refused: the
//! work item gets back the kind of handle that its driver declared, and no other.
//@ claim: work-needs-its-pointer
use kernel::drm;
use kernel::sync::aref::ARef;
use kernel::workqueue;
use kernel::workqueue::HasWork;
use kernel::workqueue::WorkItem;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: drm::UnregisteredDevice<T>)
where
    T::Data: WorkItem<0, Pointer = ARef<drm::Device<T>>> + HasWork<drm::Device<T>, 0>,
{
    let _ = workqueue::system().enqueue::<_, 0>(dev);
    //~^ E0277 RawWorkItem
    //~^^ E0277 sent
}

#[cfg(twin)]
fn case<T: drm::Driver>(dev: ARef<drm::Device<T>>)
where
    T::Data: WorkItem<0, Pointer = ARef<drm::Device<T>>> + HasWork<drm::Device<T>, 0>,
{
    let _ = workqueue::system().enqueue::<_, 0>(dev);
}

fn main() {}
