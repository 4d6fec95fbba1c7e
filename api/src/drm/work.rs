//! Devices as work items: a `Work` field in the driver's data is queued with a handle to the
//! device.
//!
//! Which handle is the driver's choice: [`ARef<Device<T>>`](ARef) from any device, or
//! [`EverRegistered<T>`], which only a device that was registered gives and which can ask for a
//! registration guard when the item runs.

use super::device::{Device, DeviceContext};
use super::ever::EverRegistered;
use super::private::Sealed;
use crate::container_of;
use crate::drm;
use crate::sync::aref::ARef;
use crate::workqueue::{HasWork, RawWorkItem, Work, WorkItem, WorkItemPointer};
use core::ptr::NonNull;

/// A handle with which a device of driver `T` can be queued as a work item.
#[diagnostic::on_unimplemented(
    message = "a work item in the data of a DRM device cannot be queued with `{Self}`",
    note = "its `Pointer` must be `ARef<drm::Device<{T}>>` or `drm::EverRegistered<{T}>`"
)]
pub trait WorkPointer<T: drm::Driver>: Sealed {}

impl<T: drm::Driver> Sealed for ARef<Device<T>> {}
impl<T: drm::Driver> WorkPointer<T> for ARef<Device<T>> {}
impl<T: drm::Driver> Sealed for EverRegistered<T> {}
impl<T: drm::Driver> WorkPointer<T> for EverRegistered<T> {}

impl<T: drm::Driver, const ID: u64> WorkItem<ID> for Device<T>
where
    T::Data: WorkItem<ID> + HasWork<Self, ID>,
    <T::Data as WorkItem<ID>>::Pointer: WorkPointer<T>,
{
    type Pointer = <T::Data as WorkItem<ID>>::Pointer;

    fn run(this: Self::Pointer) {
        T::Data::run(this);
    }
}

// SAFETY: Both functions go by way of the `data` field, which lies inline in the device, so they
// are inverse to each other because those of `T::Data` are.
unsafe impl<T, C, const ID: u64> HasWork<Self, ID> for Device<T, C>
where
    T: drm::Driver,
    T::Data: HasWork<Self, ID>,
    C: DeviceContext,
{
    unsafe fn raw_get_work(ptr: *mut Self) -> *mut Work<Self, ID> {
        // SAFETY: The caller promises a valid device, so its field can be projected.
        let data = unsafe { &raw mut (*ptr).data };

        // SAFETY: `data` points to the data of a valid device.
        unsafe { T::Data::raw_get_work(data) }
    }

    unsafe fn work_container_of(ptr: *mut Work<Self, ID>) -> *mut Self {
        // SAFETY: The caller promises that `ptr` lies in the data of a device.
        let data = unsafe { T::Data::work_container_of(ptr) };

        // SAFETY: The data that holds a `Work<Self, ID>` is the field of a device.
        unsafe { container_of!(data, Self, data) }
    }
}

// SAFETY: `run` is given the work item of a device that was queued by `__enqueue()` below, which
// left a reference with it.
unsafe impl<T: drm::Driver, const ID: u64> WorkItemPointer<ID> for EverRegistered<T>
where
    Device<T>: WorkItem<ID, Pointer = Self> + HasWork<Device<T>, ID>,
{
    unsafe extern "C" fn run(ptr: *mut bindings::work_struct) {
        let work = ptr.cast::<Work<Device<T>, ID>>();

        // SAFETY: The item was queued by `__enqueue()`, so it lies in the data of a device.
        let dev = unsafe { <Device<T> as HasWork<Device<T>, ID>>::work_container_of(work) };

        // SAFETY: `__enqueue()` gave the queue the reference of an `EverRegistered`, whose
        // invariant holds forever; `dev` is not null because it contains `work`.
        let dev = unsafe { Self::from_aref(ARef::from_raw(NonNull::new_unchecked(dev))) };

        <Device<T> as WorkItem<ID>>::run(dev);
    }
}

// SAFETY: The `work_struct` lies in the data of the device, which the reference that is left with
// the queue keeps alive until `run()` takes it back. When the item was queued already, the
// reference is taken back at once.
unsafe impl<T: drm::Driver, const ID: u64> RawWorkItem<ID> for EverRegistered<T>
where
    Device<T>: WorkItem<ID, Pointer = Self> + HasWork<Device<T>, ID>,
{
    type EnqueueOutput = core::result::Result<(), Self>;

    unsafe fn __enqueue<F>(self, queue_work_on: F) -> Self::EnqueueOutput
    where
        F: FnOnce(*mut bindings::work_struct) -> bool,
    {
        let dev = ARef::into_raw(self.into_aref());

        // SAFETY: The reference keeps the device valid.
        let work = unsafe { <Device<T> as HasWork<Device<T>, ID>>::raw_get_work(dev.as_ptr()) };

        // SAFETY: `work` points to an initialised `Work`.
        if queue_work_on(unsafe { Work::raw_get(work) }) {
            Ok(())
        } else {
            // SAFETY: The queue did not take the reference, and it was that of an
            // `EverRegistered`.
            Err(unsafe { Self::from_aref(ARef::from_raw(dev)) })
        }
    }
}
