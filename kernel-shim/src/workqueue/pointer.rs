//! The pointers that can be enqueued: `Arc`, `Pin<KBox>` and `ARef`.
//!
//! Each is taken apart into the address of its `work_struct`, and put together again from it.

use super::{HasWork, RawWorkItem, Work, WorkItem, WorkItemPointer};
use crate::alloc::KBox;
use crate::sync::aref::{ARef, AlwaysRefCounted};
use crate::sync::Arc;
use core::pin::Pin;
use core::ptr::NonNull;

/// From the field that C knows to the object.
///
/// # Safety
///
/// `work` is the field of a `T` that [`HasWork`] names, within the same allocation.
unsafe fn container<T: HasWork<T, ID>, const ID: u64>(work: *mut bindings::work_struct) -> *mut T {
    // CAST: `Work` is a transparent wrapper.
    // SAFETY: The caller guarantees it.
    unsafe { T::work_container_of(work.cast::<Work<T, ID>>()) }
}

/// From the object to the field that C knows.
///
/// # Safety
///
/// `ptr` points to a valid `T`.
unsafe fn work<T: HasWork<T, ID>, const ID: u64>(ptr: *mut T) -> *mut bindings::work_struct {
    // SAFETY: The caller guarantees it.
    unsafe { Work::raw_get(T::raw_get_work(ptr)) }
}

// SAFETY: The field of a shared object is initialised and pinned, and lives as long as the
// reference that the queue has.
unsafe impl<T, const ID: u64> RawWorkItem<ID> for Arc<T>
where
    T: WorkItem<ID, Pointer = Self> + HasWork<T, ID>,
{
    type EnqueueOutput = Result<(), Self>;

    unsafe fn __enqueue<F>(self, queue_work_on: F) -> Self::EnqueueOutput
    where
        F: FnOnce(*mut bindings::work_struct) -> bool,
    {
        let ptr = self.into_raw();
        // SAFETY: The object is valid, as the reference lives.
        if queue_work_on(unsafe { work::<T, ID>(ptr.cast_mut()) }) {
            return Ok(());
        }
        // SAFETY: The queue did not take the reference.
        Err(unsafe { Arc::from_raw(ptr) })
    }
}

// SAFETY: `run` takes back the reference that `__enqueue` gave.
unsafe impl<T, const ID: u64> WorkItemPointer<ID> for Arc<T>
where
    T: WorkItem<ID, Pointer = Self> + HasWork<T, ID>,
{
    unsafe extern "C" fn run(ptr: *mut bindings::work_struct) {
        // SAFETY: The caller guarantees that it is the field of an enqueued object, whose
        // reference is given back here.
        T::run(unsafe { Arc::from_raw(container::<T, ID>(ptr)) })
    }
}

// SAFETY: The field of a boxed object is initialised and pinned, and lives as long as the box,
// which the queue owns.
unsafe impl<T, const ID: u64> RawWorkItem<ID> for Pin<KBox<T>>
where
    T: WorkItem<ID, Pointer = Self> + HasWork<T, ID>,
{
    type EnqueueOutput = ();

    unsafe fn __enqueue<F>(self, queue_work_on: F)
    where
        F: FnOnce(*mut bindings::work_struct) -> bool,
    {
        // SAFETY: The object stays where it is, and is pinned again below and in `run`.
        let ptr = KBox::into_raw(unsafe { Pin::into_inner_unchecked(self) });
        // SAFETY: The object is valid, as the box is.
        if !queue_work_on(unsafe { work::<T, ID>(ptr) }) {
            // An owned object cannot be queued already; but whoever refuses it does not own it.
            // SAFETY: The queue did not take the box.
            drop(KBox::into_pin(unsafe { KBox::from_raw(ptr) }));
        }
    }
}

// SAFETY: `run` takes back the box that `__enqueue` gave.
unsafe impl<T, const ID: u64> WorkItemPointer<ID> for Pin<KBox<T>>
where
    T: WorkItem<ID, Pointer = Self> + HasWork<T, ID>,
{
    unsafe extern "C" fn run(ptr: *mut bindings::work_struct) {
        // SAFETY: The caller guarantees that it is the field of an enqueued object, whose box is
        // given back here.
        T::run(KBox::into_pin(unsafe {
            KBox::from_raw(container::<T, ID>(ptr))
        }))
    }
}

// SAFETY: The field of a counted object is initialised and pinned, and lives as long as the
// reference that the queue has.
unsafe impl<T, const ID: u64> RawWorkItem<ID> for ARef<T>
where
    T: AlwaysRefCounted + WorkItem<ID, Pointer = Self> + HasWork<T, ID>,
{
    type EnqueueOutput = Result<(), Self>;

    unsafe fn __enqueue<F>(self, queue_work_on: F) -> Self::EnqueueOutput
    where
        F: FnOnce(*mut bindings::work_struct) -> bool,
    {
        let ptr = ARef::into_raw(self);
        // SAFETY: The object is valid, as the reference lives.
        if queue_work_on(unsafe { work::<T, ID>(ptr.as_ptr()) }) {
            return Ok(());
        }
        // SAFETY: The queue did not take the reference.
        Err(unsafe { ARef::from_raw(ptr) })
    }
}

// SAFETY: `run` takes back the reference that `__enqueue` gave.
unsafe impl<T, const ID: u64> WorkItemPointer<ID> for ARef<T>
where
    T: AlwaysRefCounted + WorkItem<ID, Pointer = Self> + HasWork<T, ID>,
{
    unsafe extern "C" fn run(ptr: *mut bindings::work_struct) {
        // SAFETY: The caller guarantees that it is the field of an enqueued object, so the pointer
        // is not null, and its reference is given back here.
        T::run(unsafe { ARef::from_raw(NonNull::new_unchecked(container::<T, ID>(ptr))) })
    }
}
