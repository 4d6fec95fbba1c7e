//! A value whose access can be revoked while others may be using it.
//!
//! The kernel waits for users by RCU; here every access is counted, which asks for nothing but
//! atomics.

use crate::time::{delay::fsleep, Delta};
use crate::types::{NotThreadSafe, Opaque};
use core::ops::Deref;
use core::pin::Pin;
use core::sync::atomic::{AtomicUsize, Ordering};
use pinned_init::{pin_data, pin_init_from_closure, pinned_drop, PinInit};

/// Access is revoked, or about to be; nobody gets in any more.
const REVOKED: usize = 1 << (usize::BITS - 1);
/// The value has been dropped; implies [`REVOKED`].
const DROPPED: usize = 1 << (usize::BITS - 2);
/// One access in progress.
const ACCESS: usize = 1;
/// The bits that count accesses.
const ACCESSES: usize = DROPPED - 1;

/// A value whose access can be revoked.
///
/// # Invariants
///
/// `data` is a valid value until `state` says [`REVOKED`]; from then on it belongs to whoever set
/// that bit, who drops it once the counted accesses are over, and then sets [`DROPPED`].
#[pin_data(PinnedDrop)]
pub(crate) struct Revocable<T> {
    state: AtomicUsize,
    #[pin]
    data: Opaque<T>,
}

// SAFETY: The value may be dropped on another thread.
unsafe impl<T: Send> Send for Revocable<T> {}

// SAFETY: The value is shared by `try_access`, and dropped by `revoke`, on any thread.
unsafe impl<T: Sync + Send> Sync for Revocable<T> {}

impl<T> Revocable<T> {
    /// Wraps a value.
    pub(crate) fn new<E>(data: impl PinInit<T, E>) -> impl PinInit<Self, E> {
        crate::try_pin_init!(Self {
            // INVARIANT: The value is initialised below, and nobody sees this before.
            state: AtomicUsize::new(0),
            data <- opaque(data),
        } ? E)
    }

    /// Accesses the value, unless access is revoked.
    pub(crate) fn try_access(&self) -> Option<RevocableGuard<'_, T>> {
        self.state
            .fetch_update(Ordering::Acquire, Ordering::Relaxed, |state| {
                (state & REVOKED == 0).then_some(state + ACCESS)
            })
            .ok()?;
        Some(RevocableGuard {
            revocable: self,
            _not_send: NotThreadSafe,
        })
    }

    /// Whether access has been revoked.
    pub(crate) fn is_revoked(&self) -> bool {
        self.state.load(Ordering::Acquire) & REVOKED != 0
    }

    /// Accesses the value without being counted.
    ///
    /// # Safety
    ///
    /// Access is not revoked while the reference is in use.
    pub(crate) unsafe fn access(&self) -> &T {
        // SAFETY: Access is not revoked, so the value is valid by the type invariant.
        unsafe { &*self.data.get() }
    }

    /// Revokes access, waits for those who are in, and drops the value; false if somebody else
    /// has done so, or is at it.
    pub(crate) fn revoke(&self) -> bool {
        // SAFETY: The accesses are waited for.
        unsafe { self.revoke_after(|| self.wait_for(|state| state & ACCESSES == 0)) }
    }

    /// Like [`Revocable::revoke`], without waiting.
    ///
    /// # Safety
    ///
    /// Nobody is in: every guard was dropped, or leaked for good.
    pub(crate) unsafe fn revoke_nosync(&self) -> bool {
        // SAFETY: The caller guarantees that there is nobody to wait for.
        unsafe { self.revoke_after(|| ()) }
    }

    /// Waits until the value has been dropped by whoever revoked it.
    pub(crate) fn wait_for_drop(&self) {
        self.wait_for(|state| state & DROPPED != 0);
    }

    /// # Safety
    ///
    /// When `wait` returns after access was revoked, nobody is in.
    unsafe fn revoke_after(&self, wait: impl FnOnce()) -> bool {
        if self.state.fetch_or(REVOKED, Ordering::AcqRel) & REVOKED != 0 {
            return false;
        }
        wait();
        // SAFETY: This call set `REVOKED`, so by the type invariant the value is valid and its to
        // drop; the caller guarantees that nobody uses it.
        unsafe { self.data.get().drop_in_place() };
        self.state.fetch_or(DROPPED, Ordering::Release);
        true
    }

    fn wait_for(&self, mut condition: impl FnMut(usize) -> bool) {
        while !condition(self.state.load(Ordering::Acquire)) {
            fsleep(Delta::from_micros(10));
        }
    }
}

#[pinned_drop]
impl<T> PinnedDrop for Revocable<T> {
    fn drop(self: Pin<&mut Self>) {
        // SAFETY: This has exclusive access, so every guard was dropped or leaked.
        unsafe { self.revoke_nosync() };
    }
}

/// An access to a revocable value; revocation waits for it.
///
/// # Invariants
///
/// It is counted in the state of the value, and was before access was revoked.
pub struct RevocableGuard<'a, T> {
    revocable: &'a Revocable<T>,
    _not_send: NotThreadSafe,
}

impl<T> Deref for RevocableGuard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        // SAFETY: Whoever revokes access waits for this guard, which is counted by the type
        // invariant, before dropping the value.
        unsafe { &*self.revocable.data.get() }
    }
}

impl<T> Drop for RevocableGuard<'_, T> {
    fn drop(&mut self) {
        self.revocable.state.fetch_sub(ACCESS, Ordering::Release);
    }
}

/// Initialises the contents of an [`Opaque`].
fn opaque<T, E>(init: impl PinInit<T, E>) -> impl PinInit<Opaque<T>, E> {
    let init = move |slot: *mut Opaque<T>| {
        // SAFETY: The slot is valid and pinned; an initialiser that fails leaves nothing behind.
        unsafe { init.__pinned_init(Opaque::cast_into(slot)) }
    };
    // SAFETY: On success the contents are initialised, on failure there is nothing to drop.
    unsafe { pin_init_from_closure::<Opaque<T>, E>(init) }
}
