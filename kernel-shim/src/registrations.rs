//! Registrations that the bus adapter closes when a device is unbound.
//!
//! Resources of a device are released in reverse order, which is wrong for what userspace can
//! reach: a resource that was added after the registration would be gone while requests still
//! run. So the adapter adds an anchor before the driver can add anything, closes what hangs on it
//! before anything else is released, and frees it when the anchor's turn comes, last of all.

use crate::alloc::KBox;
use crate::device::{Bound, Device};
use crate::error::code::{ENODEV, ENOMEM};
use crate::error::Result;
use crate::ffi::c_void;
use crate::prelude::GFP_KERNEL;
use crate::str::CStrExt;
use crate::sync::Mutex;
use core::ptr::{null_mut, NonNull};
use pinned_init::PinInit;

/// A registration that the bus adapter closes when the device is unbound.
pub trait Managed: Send + Sync + 'static {
    /// Withdraws it; called once, while the device is still bound and no resource of it has been
    /// released.
    fn close(&self);
}

/// Reserves memory, runs `make`, and hands the result to the adapter of `dev`.
///
/// Fails with `ENODEV` if the device has no adapter of ours or is being unbound; if that begins
/// while `make` runs, what it made is closed and dropped.
pub fn add<T: Managed>(dev: &Device<Bound>, make: impl FnOnce() -> Result<T>) -> Result<&T> {
    let anchor = find(dev).ok_or(ENODEV)?;
    if !anchor.is_open() {
        return Err(ENODEV);
    }
    let place = KBox::<Entry<T>>::new_uninit(GFP_KERNEL)?;
    let entry = place.write(Entry {
        link: Link::of::<T>(),
        value: make()?,
    });
    let entry = NonNull::from(KBox::leak(entry));
    if !anchor.push(entry.cast()) {
        // SAFETY: The anchor did not take the entry, so it is still ours.
        let entry = unsafe { KBox::from_raw(entry.as_ptr()) };
        entry.value.close();
        return Err(ENODEV);
    }
    // SAFETY: The anchor took the entry, and keeps it until the last resource of the device is
    // released, which happens after the device was bound, and so after the borrow of `dev`.
    Ok(&unsafe { entry.as_ref() }.value)
}

/// Adds the anchor; called by an adapter before the driver can add a resource.
pub(crate) fn open(dev: &Device<Bound>) -> Result {
    // SAFETY: `release` is for memory that holds an anchor; the name is static.
    let res = unsafe {
        bindings::__devres_alloc_node(
            Some(release),
            size_of::<Anchor>(),
            GFP_KERNEL.as_raw(),
            bindings::NUMA_NO_NODE,
            c"registrations".as_char_ptr(),
        )
    };
    let anchor = NonNull::new(res.cast::<Anchor>()).ok_or(ENOMEM)?;
    // SAFETY: The memory is new, large enough, aligned as the assertion below says, and stays
    // where it is until it is released.
    let Ok(()) = unsafe { Anchor::new().__pinned_init(anchor.as_ptr()) };
    // SAFETY: The device is bound, and `res` is an initialised resource that is on no list.
    unsafe { bindings::devres_add(dev.as_raw(), res) };
    Ok(())
}

/// Closes what was added to `dev`, the newest first, and lets nothing else be added.
pub(crate) fn close(dev: &Device<Bound>) {
    if let Some(anchor) = find(dev) {
        anchor.close();
    }
}

/// What hangs on a device: a resource of it.
///
/// # Invariants
///
/// The entries of the list are leaked boxes that belong to the anchor, each with the functions
/// for its type.
struct Anchor(Mutex<State>);

struct State {
    open: bool,
    newest: Option<NonNull<Link>>,
}

// SAFETY: The entries are values of `Managed` types, which are `Send` and `Sync`.
unsafe impl Send for State {}

/// Links an entry into its list, and knows its type.
///
/// # Invariants
///
/// `close` and `free` are those of the type of the entry that this is the first field of.
struct Link {
    older: Option<NonNull<Link>>,
    close: unsafe fn(NonNull<Link>),
    free: unsafe fn(NonNull<Link>),
}

#[repr(C)]
struct Entry<T> {
    link: Link,
    value: T,
}

const _: () = assert!(
    align_of::<Anchor>() <= bindings::ARCH_KMALLOC_MINALIGN,
    "device-managed memory is not aligned for an anchor"
);

impl Anchor {
    fn new() -> impl PinInit<Self> {
        let state = State {
            open: true,
            newest: None,
        };
        let lock = crate::new_mutex!(state, "registrations");
        // SAFETY: An anchor is its only field, which `lock` initialises in place.
        unsafe {
            pinned_init::pin_init_from_closure(|slot: *mut Self| {
                lock.__pinned_init(&raw mut (*slot).0)
            })
        }
    }

    fn is_open(&self) -> bool {
        self.0.lock().open
    }

    /// Takes over an entry, unless closed.
    fn push(&self, mut entry: NonNull<Link>) -> bool {
        let mut state = self.0.lock();
        if !state.open {
            return false;
        }
        // SAFETY: The entry is a new leaked box that nobody else knows of yet.
        unsafe { entry.as_mut() }.older = state.newest;
        state.newest = Some(entry);
        true
    }

    /// Closes the entries, once. The lock is not held meanwhile, as closing drops data of the
    /// driver, which may come back here.
    fn close(&self) {
        let mut state = self.0.lock();
        if !core::mem::replace(&mut state.open, false) {
            return;
        }
        let mut next = state.newest;
        drop(state);
        while let Some(link) = next {
            // SAFETY: The entry belongs to the anchor, and once closed the list does not change;
            // `close` is that of its type.
            next = unsafe {
                (link.as_ref().close)(link);
                link.as_ref().older
            };
        }
    }

    /// Frees the entries, the newest first.
    fn free(&self) {
        let mut next = self.0.lock().newest.take();
        while let Some(link) = next {
            // SAFETY: The entry belongs to the anchor, which gives it up; `free` is that of its
            // type.
            next = unsafe {
                let older = link.as_ref().older;
                (link.as_ref().free)(link);
                older
            };
        }
    }
}

impl Link {
    fn of<T: Managed>() -> Self {
        // INVARIANT: The caller makes it the first field of an `Entry<T>`.
        Self {
            older: None,
            close: Entry::<T>::close,
            free: Entry::<T>::free,
        }
    }
}

impl<T: Managed> Entry<T> {
    /// # Safety
    ///
    /// `link` is that of an `Entry<T>`.
    unsafe fn close(link: NonNull<Link>) {
        // SAFETY: The link is the first field of an entry, as the caller guarantees.
        unsafe { link.cast::<Self>().as_ref() }.value.close();
    }

    /// # Safety
    ///
    /// `link` is that of an `Entry<T>` from a leaked box, and nobody uses it any more.
    unsafe fn free(link: NonNull<Link>) {
        // SAFETY: As above, and the caller owns the box.
        drop(unsafe { KBox::from_raw(link.cast::<Self>().as_ptr()) });
    }
}

/// The anchor of a device.
///
/// Not inlined, like [`release`]: the anchor is known by the address of that function, of which
/// there must be one.
#[inline(never)]
fn find(dev: &Device<Bound>) -> Option<&Anchor> {
    // SAFETY: The device is bound; without a match function the first resource with this release
    // function is found, and `open` alone adds such resources.
    let res = unsafe { bindings::devres_find(dev.as_raw(), Some(release), None, null_mut()) };
    // SAFETY: The resource holds an anchor. It is released when the device has been unbound, so
    // after the borrow of `dev`.
    NonNull::new(res.cast::<Anchor>()).map(|anchor| unsafe { anchor.as_ref() })
}

#[inline(never)]
unsafe extern "C" fn release(_dev: *mut bindings::device, res: *mut c_void) {
    // SAFETY: `open` added an initialised anchor; nobody else can find it any more.
    let anchor = unsafe { &*res.cast::<Anchor>() };
    anchor.close();
    anchor.free();
}

#[cfg(test)]
mod tests;
