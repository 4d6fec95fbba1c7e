//! Queueing as work that takes an `ARef` of an unregistered device that was registered since is
//! refused: the work item gets back the kind of handle that its driver declared, and no other.
//@ claim: work-needs-its-pointer
#[cfg(not(twin))]
use kernel::device;
use kernel::drm;
use kernel::sync::aref::ARef;
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
    T::Data: WorkItem<0, Pointer = ARef<drm::Device<T>>> + HasWork<drm::Device<T>, 0>,
{
    let _ = drm::Registration::<T>::new_foreign_owned(bus(), dev, first_data::<T>(), 0);
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
