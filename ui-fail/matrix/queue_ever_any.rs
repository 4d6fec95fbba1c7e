//! Queueing as work that takes an `EverRegistered` of a device in any context is refused: the work
//! item asks for a guard, which only a device that was registered has.
//@ claim: work-needs-its-pointer
use kernel::drm;
use kernel::workqueue;
use kernel::workqueue::HasWork;
use kernel::workqueue::WorkItem;

#[cfg(not(twin))]
fn case<T: drm::Driver, C: drm::DeviceContext>(dev: &drm::Device<T, C>)
where
    T::Data: WorkItem<0, Pointer = drm::EverRegistered<T>> + HasWork<drm::Device<T>, 0>,
{
    let _ = workqueue::system().enqueue::<_, 0>(dev); //~ E0277 RawWorkItem
}

#[cfg(twin)]
fn case<T: drm::Driver>(dev: drm::EverRegistered<T>)
where
    T::Data: WorkItem<0, Pointer = drm::EverRegistered<T>> + HasWork<drm::Device<T>, 0>,
{
    let _ = workqueue::system().enqueue::<_, 0>(dev);
}

fn main() {}
