//! Open files: what a driver keeps for each client.

use crate::alloc::KBox;
use crate::drm;
use crate::error::Result;
use crate::types::{ForeignOwnable, Opaque};
use core::marker::PhantomData;
use core::pin::Pin;

/// What a driver keeps for each open file.
///
/// Ioctls on one file run on several threads at once, and the file may be closed on any of them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the per-file data of a DRM driver",
    note = "implement `drm::file::DriverFile` for it, with `type Driver` naming the driver"
)]
pub trait DriverFile: Send + Sync + Sized + 'static {
    /// The driver that the file belongs to.
    type Driver: drm::Driver;

    /// Makes the data of a new file of `device`.
    ///
    /// # Errors
    ///
    /// An error is what the client's `open()` fails with.
    fn open(device: &drm::Device<Self::Driver>) -> Result<Pin<KBox<Self>>>;
}

/// An open DRM file with data `T`.
///
/// # Invariants
///
/// `self.0` is a valid `struct drm_file` of a device of `T::Driver`, and its `driver_priv` is a
/// `Pin<KBox<T>>`.
#[repr(transparent)]
pub struct File<T: DriverFile>(
    Opaque<bindings::drm_file>,
    // Invariant: a subtype of `T` may belong to another driver.
    PhantomData<fn(T) -> T>,
);

impl<T: DriverFile> File<T> {
    /// Borrows a file of the DRM core.
    ///
    /// # Safety
    ///
    /// `ptr` points to a `struct drm_file` for which the invariants of `Self` hold, and which is
    /// not closed during `'a`.
    #[doc(hidden)]
    pub unsafe fn from_raw<'a>(ptr: *mut bindings::drm_file) -> &'a Self {
        // SAFETY: `File` is a transparent wrapper; the rest is promised by the caller.
        unsafe { &*ptr.cast() }
    }

    /// The data that [`DriverFile::open`] made for this file.
    pub fn inner(&self) -> Pin<&T> {
        // SAFETY: By the type invariant `driver_priv` is a `Pin<KBox<T>>`; it was set before the
        // file was published and is released after the last use of the file.
        unsafe { Pin::<KBox<T>>::borrow((*self.as_raw()).driver_priv) }
    }

    pub(super) fn as_raw(&self) -> *mut bindings::drm_file {
        self.0.get()
    }

    /// The device whose node was opened.
    pub(super) fn raw_device(&self) -> *mut bindings::drm_device {
        // SAFETY: By the type invariant the file is valid; it holds its minor, which holds the
        // device.
        unsafe { (*(*self.as_raw()).minor).dev }
    }

    /// `open` of `struct drm_driver`.
    ///
    /// # Safety
    ///
    /// Both pointers are valid, and the device is one of `T::Driver`.
    pub(super) unsafe extern "C" fn open_callback(
        raw_dev: *mut bindings::drm_device,
        raw_file: *mut bindings::drm_file,
    ) -> i32 {
        // SAFETY: The core holds a reference to the device while it opens a file; `Normal`
        // promises nothing more.
        let dev: &drm::Device<T::Driver> = unsafe { drm::Device::from_raw(raw_dev) };

        match T::open(dev) {
            Err(error) => error.to_errno(),
            Ok(inner) => {
                // INVARIANT: From here on `driver_priv` is a `Pin<KBox<T>>`.
                // SAFETY: The file is valid and not published yet.
                unsafe { (*raw_file).driver_priv = inner.into_foreign().cast() };
                0
            }
        }
    }

    /// `postclose` of `struct drm_driver`.
    ///
    /// # Safety
    ///
    /// `raw_file` is a file for which `open_callback` succeeded and that nobody uses any more.
    pub(super) unsafe extern "C" fn postclose_callback(
        _raw_dev: *mut bindings::drm_device,
        raw_file: *mut bindings::drm_file,
    ) {
        // SAFETY: `open_callback` left a `Pin<KBox<T>>`, which is taken back once: the core calls
        // this once for each file.
        drop(unsafe { Pin::<KBox<T>>::from_foreign((*raw_file).driver_priv.cast()) });
    }
}

/// A file of which the DRM core is closing a handle, perhaps because the file itself is closed.
///
/// It gives the file's data and nothing else. While the core closes a file (`drm_gem_release()`),
/// the file's table still names objects that are gone already, so looking one up would revive it;
/// and a handle that is made then may never be closed.
#[repr(transparent)]
pub struct ClosingFile<T: DriverFile>(File<T>);

impl<T: DriverFile> ClosingFile<T> {
    /// Borrows a file of the DRM core.
    ///
    /// # Safety
    ///
    /// As for [`File::from_raw`].
    pub(super) unsafe fn from_raw<'a>(ptr: *mut bindings::drm_file) -> &'a Self {
        // SAFETY: It is a transparent wrapper of a transparent one; the rest is promised by the
        // caller.
        unsafe { &*ptr.cast() }
    }

    /// The data that [`DriverFile::open`] made for this file.
    pub fn inner(&self) -> Pin<&T> {
        self.0.inner()
    }
}
