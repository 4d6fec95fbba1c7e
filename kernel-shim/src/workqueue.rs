//! Work that runs later, on a thread of the kernel.
//!
//! A work item is an object with a [`Work`] field. Enqueueing gives a pointer to the object to the
//! queue, and running the item gives it back.

mod pointer;

use crate::str::{CStr, CStrExt};
use crate::sync::LockClassKey;
use crate::types::Opaque;
use core::marker::PhantomData;
use core::pin::Pin;
use pinned_init::{pin_data, PinInit};

#[doc(inline)]
pub use crate::{impl_has_work, new_work};

/// A queue of work items.
///
/// # Invariants
///
/// It is a valid C queue.
#[repr(transparent)]
pub struct Queue(Opaque<bindings::workqueue_struct>);

// SAFETY: The C functions on queues may be called on any thread.
unsafe impl Send for Queue {}

// SAFETY: The C functions on queues synchronise.
unsafe impl Sync for Queue {}

impl Queue {
    /// Wraps a C queue.
    ///
    /// # Safety
    ///
    /// `ptr` is a valid queue for `'a`.
    pub unsafe fn from_raw<'a>(ptr: *const bindings::workqueue_struct) -> &'a Queue {
        // CAST: `Queue` is a transparent wrapper.
        // SAFETY: The caller guarantees the type invariant.
        unsafe { &*ptr.cast() }
    }

    /// Gives a work item to the queue.
    pub fn enqueue<W, const ID: u64>(&self, w: W) -> W::EnqueueOutput
    where
        W: RawWorkItem<ID> + Send + 'static,
    {
        let queue = self.0.get();
        // SAFETY: The item may run on any thread and at any time, as it is `Send` and `'static`;
        // the closure enqueues it, and says whether it did.
        unsafe {
            w.__enqueue(move |work| {
                bindings::queue_work_on(bindings::wq_misc_consts_WORK_CPU_UNBOUND, queue, work)
            })
        }
    }
}

/// Waits until every item that was enqueued on `queue` before has run.
pub fn flush_workqueue(queue: &Queue) {
    // SAFETY: The queue is valid by the type invariant.
    unsafe { bindings::__flush_workqueue(queue.0.get()) };
}

/// The queue that everybody may use.
pub fn system() -> &'static Queue {
    // SAFETY: The queue is set up before any code of ours runs, and never taken down.
    unsafe { Queue::from_raw(bindings::system_wq) }
}

/// A pointer that can be enqueued.
///
/// # Safety
///
/// `__enqueue` passes a `work_struct` that is initialised, and stays valid and where it is from
/// the moment that the closure returned true until its function is called.
pub unsafe trait RawWorkItem<const ID: u64> {
    /// What enqueueing returns.
    type EnqueueOutput;

    /// Enqueues the item by `queue_work_on`, which returns false if it is queued already.
    ///
    /// # Safety
    ///
    /// If the closure returns true, the item's function is called later, once. If the item is not
    /// `'static` or not `Send`, the caller sees to lifetimes and threads.
    unsafe fn __enqueue<F>(self, queue_work_on: F) -> Self::EnqueueOutput
    where
        F: FnOnce(*mut bindings::work_struct) -> bool;
}

/// The pointer type of a [`WorkItem`].
///
/// # Safety
///
/// `run` is the function for items that [`RawWorkItem::__enqueue`] of this type enqueued.
pub unsafe trait WorkItemPointer<const ID: u64>: RawWorkItem<ID> {
    /// Runs the item.
    ///
    /// # Safety
    ///
    /// `ptr` is what `__enqueue` passed to its closure, which returned true, and this is called
    /// once for that.
    unsafe extern "C" fn run(ptr: *mut bindings::work_struct);
}

/// An object that can be run as a work item.
pub trait WorkItem<const ID: u64 = 0> {
    /// What is enqueued, and given back to [`WorkItem::run`].
    type Pointer: WorkItemPointer<ID>;

    /// Does the work.
    fn run(this: Self::Pointer);
}

/// The field that makes an object a work item; `ID` tells several of them apart.
///
/// # Invariants
///
/// The `work_struct` is initialised, with `T::Pointer::run` as its function.
#[pin_data]
#[repr(transparent)]
pub struct Work<T: ?Sized, const ID: u64 = 0> {
    #[pin]
    work: Opaque<bindings::work_struct>,
    // Invariant: the item of a subtype of `T` may be run by another function.
    _inner: PhantomData<*mut T>,
}

// SAFETY: The C functions on work items may be called on any thread.
unsafe impl<T: ?Sized, const ID: u64> Send for Work<T, ID> {}

// SAFETY: The C functions on work items synchronise.
unsafe impl<T: ?Sized, const ID: u64> Sync for Work<T, ID> {}

impl<T: ?Sized, const ID: u64> Work<T, ID> {
    /// Creates the initialiser of the field; see [`new_work!`](crate::new_work!).
    pub fn new(name: &'static CStr, key: Pin<&'static LockClassKey>) -> impl PinInit<Self>
    where
        T: WorkItem<ID>,
    {
        crate::pin_init!(Self {
            // INVARIANT: It is initialised here, with that function.
            work <- Opaque::ffi_init(|work| {
                // SAFETY: The place is valid for writes and pinned; name and key are static.
                unsafe {
                    bindings::init_work_with_key(
                        work,
                        Some(T::Pointer::run),
                        false,
                        name.as_char_ptr(),
                        key.as_ptr(),
                    )
                }
            }),
            _inner: PhantomData,
        })
    }

    /// The C work item.
    ///
    /// # Safety
    ///
    /// `ptr` points to memory of a `Work`, which need not be initialised.
    pub unsafe fn raw_get(ptr: *const Self) -> *mut bindings::work_struct {
        // SAFETY: The caller guarantees that the field is in bounds.
        Opaque::cast_into(unsafe { &raw const (*ptr).work })
    }
}

/// An object that contains a [`Work`]; see [`impl_has_work!`](crate::impl_has_work!).
///
/// # Safety
///
/// The two functions are the way to a field of type `Work<T, ID>` and back.
pub unsafe trait HasWork<T, const ID: u64 = 0> {
    /// From the object to the field.
    ///
    /// # Safety
    ///
    /// `ptr` points to a `Self`.
    unsafe fn raw_get_work(ptr: *mut Self) -> *mut Work<T, ID>;

    /// From the field to the object.
    ///
    /// # Safety
    ///
    /// `ptr` points to that field of a `Self`, within the same allocation.
    unsafe fn work_container_of(ptr: *mut Work<T, ID>) -> *mut Self;
}

/// The initialiser of a [`Work`], with an optional name.
#[macro_export]
macro_rules! new_work {
    ($($name:literal)?) => {
        $crate::workqueue::Work::new(
            $crate::optional_name!($($name)?), $crate::static_lock_class!())
    };
}

/// Says which field of an object is its [`Work`].
#[macro_export]
macro_rules! impl_has_work {
    ($(impl$({$($generics:tt)*})?
       HasWork<$work_type:ty $(, $id:tt)?>
       for $self:ty
       { self.$field:ident }
    )*) => {$(
        // SAFETY: Both functions are about the same field, whose type is checked.
        unsafe impl$(<$($generics)+>)? $crate::workqueue::HasWork<$work_type $(, $id)?> for $self {
            unsafe fn raw_get_work(
                ptr: *mut Self,
            ) -> *mut $crate::workqueue::Work<$work_type $(, $id)?> {
                // SAFETY: The caller guarantees that the pointer is in bounds.
                unsafe { &raw mut (*ptr).$field }
            }

            unsafe fn work_container_of(
                ptr: *mut $crate::workqueue::Work<$work_type $(, $id)?>,
            ) -> *mut Self {
                // SAFETY: The caller guarantees that it is that field of a `Self`.
                unsafe { $crate::container_of!(ptr, Self, $field) }
            }
        }
    )*};
}

#[cfg(test)]
mod tests;
