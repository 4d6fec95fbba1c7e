//! Device-managed resources: what is released when a device is unbound.
//!
//! C file: `drivers/base/devres.c`, which releases in reverse order. What userspace can reach must
//! not rely on that order: see `registrations`.

use crate::alloc::{Flags, KBox};
use crate::device::{Bound, Device};
use crate::error::code::{EINVAL, ENXIO};
use crate::error::{to_result, Error, Result};
use crate::ffi::c_void;
use crate::init::InPlaceInit;
use crate::prelude::GFP_KERNEL;
use crate::revocable::{Revocable, RevocableGuard};
use crate::str::CStrExt;
use crate::sync::aref::ARef;
use crate::sync::Arc;
use crate::types::{ForeignOwnable, Opaque};
use core::pin::Pin;
use pinned_init::{pin_data, PinInit};

/// A resource of a bound device.
///
/// It is dropped when this is dropped, or when the device is unbound, whatever comes first; once
/// the device is unbound there is no access any more.
///
/// # Invariants
///
/// `inner` owns one reference of the shared part, and the list of the device's resources owns
/// another, until `devres_node_remove` succeeds or `free_node` has run. Access is revoked at the
/// latest when the device's resources are released, that is, before it can be bound again.
pub struct Devres<T: Send + 'static> {
    dev: ARef<Device>,
    inner: Arc<Inner<T>>,
}

/// The part of a [`Devres`] that the device's list of resources shares.
#[pin_data]
struct Inner<T> {
    #[pin]
    node: Opaque<bindings::devres_node>,
    #[pin]
    data: Revocable<T>,
}

impl<T: Send + 'static> Devres<T> {
    /// Initialises `data` and makes it a resource of `dev`.
    pub fn new<E>(dev: &Device<Bound>, data: impl PinInit<T, E>) -> Result<Self>
    where
        Error: From<E>,
    {
        let inner = Arc::pin_init::<Error>(Inner::new(data), GFP_KERNEL)?;
        let node = inner.node.get();
        // The list of resources owns a reference until `free_node` or `devres_node_remove`.
        core::mem::forget(inner.clone());
        // SAFETY: The device is bound, and the node is initialised and stays in place for as long
        // as the list's reference lives.
        unsafe { bindings::devres_node_add(dev.as_raw(), node) };
        Ok(Self {
            dev: dev.into(),
            inner,
        })
    }

    /// The device that the resource belongs to.
    pub fn device(&self) -> &Device {
        &self.dev
    }

    /// Accesses the resource without being counted, as the device is bound.
    ///
    /// Fails with `EINVAL` if `dev` is another device, and with `ENXIO` if it has been unbound
    /// since the resource was made, and bound again.
    pub fn access<'a>(&'a self, dev: &'a Device<Bound>) -> Result<&'a T> {
        if self.dev.as_raw() != dev.as_raw() {
            return Err(EINVAL);
        }
        if self.inner.data.is_revoked() {
            return Err(ENXIO);
        }
        // SAFETY: The device is bound during `'a` and access is not revoked yet. It can only be by
        // unbinding the device, which happens after `'a`, and by dropping `self`, which is
        // borrowed.
        Ok(unsafe { self.inner.data.access() })
    }

    /// Accesses the resource if the device is still bound; unbinding waits for the guard.
    pub fn try_access(&self) -> Option<RevocableGuard<'_, T>> {
        self.inner.data.try_access()
    }

    /// Runs `f` on the resource if the device is still bound; unbinding waits for it.
    pub fn try_access_with<R, F: FnOnce(&T) -> R>(&self, f: F) -> Option<R> {
        self.try_access().map(|data| f(&data))
    }
}

impl<T: Send + 'static> Inner<T> {
    fn new<E>(data: impl PinInit<T, E>) -> impl PinInit<Self, Error>
    where
        Error: From<E>,
    {
        let data = Revocable::new(data);
        crate::try_pin_init!(Self {
            node <- Opaque::ffi_init(|node| {
                // SAFETY: The node is valid for writes, and the callbacks are for nodes that lie
                // in an `Inner<T>`.
                unsafe {
                    bindings::devres_node_init(
                        node,
                        Some(Self::release_callback),
                        Some(Self::free_node_callback),
                    );
                }
                // SAFETY: The node is initialised, and the name is static.
                unsafe {
                    bindings::devres_set_node_dbginfo(
                        node,
                        c"Devres".as_char_ptr(),
                        size_of::<T>(),
                    );
                }
            }),
            // SAFETY: The initialiser keeps its contract; only its error is converted.
            data <- unsafe {
                pinned_init::pin_init_from_closure(move |slot| {
                    data.__pinned_init(slot).map_err(Error::from)
                })
            },
        })
    }

    /// # Safety
    ///
    /// `node` lies in an `Arc<Inner<T>>` that is alive.
    unsafe fn from_node(node: *mut bindings::devres_node) -> *const Self {
        let node = Opaque::cast_from(node).cast_mut();
        // SAFETY: The caller guarantees where the node lies.
        unsafe { crate::container_of!(node, Self, node) }
    }

    unsafe extern "C" fn release_callback(
        _dev: *mut bindings::device,
        node: *mut bindings::devres_node,
    ) {
        // SAFETY: `Devres::new` added the node, which lies in an `Arc<Inner<T>>` that the list
        // owns a reference of.
        let inner = unsafe { &*Self::from_node(node) };
        if !inner.data.revoke() {
            // `Devres::drop` is at it: the resource must be gone before the device is unbound.
            inner.data.wait_for_drop();
        }
    }

    unsafe extern "C" fn free_node_callback(node: *mut bindings::devres_node) {
        // SAFETY: As above.
        let inner = unsafe { Self::from_node(node) };
        // SAFETY: The list gives up the reference that `Devres::new` left to it.
        drop(unsafe { Arc::from_raw(inner) });
    }
}

impl<T: Send + 'static> Drop for Devres<T> {
    fn drop(&mut self) {
        // SAFETY: Guards borrow `self`, so each of them was dropped, or leaked for good.
        if !unsafe { self.inner.data.revoke_nosync() } {
            // The release callback is at it: the resource must be gone when this returns.
            self.inner.data.wait_for_drop();
            return;
        }
        let node = self.inner.node.get();
        // SAFETY: `dev` is a reference to the device that the node was added to.
        if unsafe { bindings::devres_node_remove(self.dev.as_raw(), node) } {
            // SAFETY: The node was on the list still, which gives up its reference to us.
            drop(unsafe { Arc::from_raw(Arc::as_ptr(&self.inner)) });
        }
    }
}

// SAFETY: Owning a `Devres` gives shared access to the resource and lets it be dropped. The first
// asks for no more than `Send`, as `Devres` itself is not shared.
unsafe impl<T: Send + 'static> Send for Devres<T> {}

// SAFETY: A shared `Devres` shares the resource.
unsafe impl<T: Send + Sync + 'static> Sync for Devres<T> {}

/// Initialises `data` and drops it when `dev` is unbound.
pub fn register<T, E>(dev: &Device<Bound>, data: impl PinInit<T, E>, flags: Flags) -> Result
where
    T: Send + 'static,
    Error: From<E>,
{
    let data = KBox::pin_init(data, flags)?.into_foreign();
    // SAFETY: The device is bound; the action takes `data` over, also when this fails.
    to_result(unsafe {
        bindings::devm_add_action_or_reset(dev.as_raw(), Some(drop_action::<T>), data)
    })
}

unsafe extern "C" fn drop_action<T: Send + 'static>(data: *mut c_void) {
    // SAFETY: `register` hands over what `into_foreign` of this type returned, once.
    drop(unsafe { Pin::<KBox<T>>::from_foreign(data) });
}

#[cfg(test)]
mod tests;
