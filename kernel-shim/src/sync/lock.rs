//! [`Mutex`]: a sleeping lock around a value.
//!
//! C header: `include/linux/mutex.h`. The lock checker's classes, [`LockClassKey`], are here as
//! well.

use crate::str::{CStr, CStrExt};
use crate::types::{NotThreadSafe, Opaque};
use core::cell::UnsafeCell;
use core::ops::{Deref, DerefMut};
use core::pin::Pin;
use pinned_init::{pin_data, pin_init_from_closure, PinInit};

/// A sleeping lock around a value; made with [`new_mutex!`](crate::new_mutex!).
///
/// # Invariants
///
/// `state` is an initialised C mutex, and only who holds it uses `data`.
#[pin_data]
pub struct Mutex<T: ?Sized> {
    #[pin]
    state: Opaque<bindings::mutex>,
    #[pin]
    data: UnsafeCell<T>,
}

// SAFETY: A `Mutex` owns its value, and C locks may be used on any thread.
unsafe impl<T: ?Sized + Send> Send for Mutex<T> {}

// SAFETY: One thread at a time uses the value, so it is as if it were sent from one to the next.
unsafe impl<T: ?Sized + Send> Sync for Mutex<T> {}

impl<T> Mutex<T> {
    /// Creates the initialiser of a lock.
    pub fn new(
        t: impl PinInit<T>,
        name: &'static CStr,
        key: Pin<&'static LockClassKey>,
    ) -> impl PinInit<Self> {
        crate::pin_init!(Self {
            state <- Opaque::ffi_init(|state| {
                // SAFETY: The place is valid for writes and pinned; name and key are static.
                unsafe { bindings::__mutex_init(state, name.as_char_ptr(), key.as_ptr()) }
            }),
            data <- cell(t),
        })
    }
}

impl<T: ?Sized> Mutex<T> {
    /// Takes the lock, sleeping until it is free.
    pub fn lock(&self) -> MutexGuard<'_, T> {
        // SAFETY: The mutex is initialised by the type invariant.
        unsafe { bindings::mutex_lock(self.state.get()) };
        // INVARIANT: It was taken just now.
        MutexGuard {
            lock: self,
            _not_send: NotThreadSafe,
        }
    }

    /// Takes the lock if it is free.
    #[must_use = "if unused, the lock will be immediately unlocked"]
    pub fn try_lock(&self) -> Option<MutexGuard<'_, T>> {
        // SAFETY: The mutex is initialised by the type invariant.
        let taken = unsafe { bindings::mutex_trylock(self.state.get()) } != 0;
        // INVARIANT: If it says so, it was taken just now.
        taken.then(|| MutexGuard {
            lock: self,
            _not_send: NotThreadSafe,
        })
    }
}

/// Holds a [`Mutex`], and releases it when dropped.
///
/// # Invariants
///
/// This thread has taken the lock, and no other guard stands for that.
#[must_use = "the lock unlocks immediately when the guard is unused"]
pub struct MutexGuard<'a, T: ?Sized> {
    lock: &'a Mutex<T>,
    _not_send: NotThreadSafe,
}

// SAFETY: A shared guard shares the value and nothing else.
unsafe impl<T: Sync + ?Sized> Sync for MutexGuard<'_, T> {}

impl<T: ?Sized> MutexGuard<'_, T> {
    /// The value, which stays where it is.
    pub fn as_mut(&mut self) -> Pin<&mut T> {
        // SAFETY: The lock is held by the type invariant and the guard is borrowed mutably; the
        // value is pinned, as the lock is.
        unsafe { Pin::new_unchecked(&mut *self.lock.data.get()) }
    }
}

impl<T: ?Sized> Deref for MutexGuard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        // SAFETY: The lock is held by the type invariant.
        unsafe { &*self.lock.data.get() }
    }
}

impl<T: ?Sized + Unpin> DerefMut for MutexGuard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        self.as_mut().get_mut()
    }
}

impl<T: ?Sized> Drop for MutexGuard<'_, T> {
    fn drop(&mut self) {
        // SAFETY: The lock is held by the type invariant.
        unsafe { bindings::mutex_unlock(self.lock.state.get()) };
    }
}

/// Names a class of locks to the kernel's lock checker; made by macros such as
/// [`new_mutex!`](crate::new_mutex!).
#[repr(transparent)]
pub struct LockClassKey(Opaque<bindings::lock_class_key>);

// SAFETY: Only its address matters to Rust, and C synchronises what it keeps there.
unsafe impl Sync for LockClassKey {}

impl LockClassKey {
    /// Creates the key of a static.
    ///
    /// # Safety
    ///
    /// It is the initial value of a static.
    #[doc(hidden)]
    pub const unsafe fn new_static() -> Self {
        Self(Opaque::zeroed())
    }

    /// The key as C wants it.
    pub(crate) fn as_ptr(&self) -> *mut bindings::lock_class_key {
        self.0.get()
    }
}

fn cell<T>(init: impl PinInit<T>) -> impl PinInit<UnsafeCell<T>> {
    // SAFETY: The cell has the layout of its contents, which `init` initialises in place.
    unsafe { pin_init_from_closure(|slot: *mut UnsafeCell<T>| init.__pinned_init(slot.cast())) }
}

/// A lock class of its own for each use.
#[doc(hidden)]
#[macro_export]
macro_rules! static_lock_class {
    () => {{
        static CLASS: $crate::sync::LockClassKey =
            // SAFETY: It is the initial value of a static.
            unsafe { $crate::sync::LockClassKey::new_static() };
        ::core::pin::Pin::static_ref(&CLASS)
    }};
}

/// The given name, or the place in the source.
#[doc(hidden)]
#[macro_export]
macro_rules! optional_name {
    () => {
        $crate::c_str!(::core::concat!(::core::file!(), ":", ::core::line!()))
    };
    ($name:literal) => {
        $crate::c_str!($name)
    };
}

/// The initialiser of a [`Mutex`] around a value, with an optional name.
#[macro_export]
macro_rules! new_mutex {
    ($inner:expr $(, $name:literal)? $(,)?) => {
        $crate::sync::Mutex::new(
            $inner, $crate::optional_name!($($name)?), $crate::static_lock_class!())
    };
}

#[cfg(test)]
mod tests {
    use crate::alloc::flags::GFP_KERNEL;
    use crate::init::InPlaceInit;
    use crate::sync::Arc;

    #[test]
    fn one_thread_at_a_time() {
        let lock = Arc::pin_init(crate::new_mutex!(0, "count"), GFP_KERNEL);
        let lock = lock.expect("nothing fails");
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| (0..500).for_each(|_| *lock.lock() += 1));
            }
        });
        assert_eq!(*lock.lock(), 2000);
        let guard = lock.lock();
        assert!(
            std::thread::scope(|scope| { scope.spawn(|| lock.try_lock().is_none()).join() })
                .expect("the thread does not panic")
        );
        drop(guard);
        assert!(lock.try_lock().is_some());
    }
}
