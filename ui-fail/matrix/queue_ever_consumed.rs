//! Queueing as work that takes an `EverRegistered` of an unregistered device that was registered
//! since is refused: the work item asks for a guard, which only a device that was registered has.
//@ claim: work-needs-its-pointer
#[cfg(not(twin))]
use kernel::device;
use kernel::drm;
use kernel::workqueue;
use kernel::workqueue::HasWork;
use kernel::workqueue::WorkItem;

#[cfg(not(twin))]
fn bus() -> &'static device::Device<device::Bound> {
    unreachable!()
}

#[cfg(not(twin))]
fn first_data<T: drm::Driver>() -> T::RegistrationData<'static> {
    unreachable!()
}

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: drm::UnregisteredDevice<T>)
where
    T::Data: WorkItem<0, Pointer = drm::EverRegistered<T>> + HasWork<drm::Device<T>, 0>,
{
    let _ = drm::Registration::<T>::new_foreign_owned(bus(), dev, first_data::<T>(), 0);
    let _ = workqueue::system().enqueue::<_, 0>(dev);
    //~^ E0277 RawWorkItem
    //~^^ E0277 sent
}

#[cfg(twin)]
fn case<T: drm::Driver>(dev: drm::EverRegistered<T>)
where
    T::Data: WorkItem<0, Pointer = drm::EverRegistered<T>> + HasWork<drm::Device<T>, 0>,
{
    let _ = workqueue::system().enqueue::<_, 0>(dev);
}

fn main() {}
