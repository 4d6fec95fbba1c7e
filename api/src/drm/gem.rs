//! GEM: buffers that userspace names by handles.
//!
//! C header: `include/drm/drm_gem.h`. An object keeps its device alive, and a handle is made only
//! in a file of the object's own device.

use super::device::{Device, DeviceContext, Normal};
use super::driver::{AllocImpl, AllocOps};
use super::private::Sealed;
use crate::alloc::{flags::GFP_KERNEL, KBox};
use crate::drm;
use crate::error::{
    code::{EINVAL, ENOENT},
    to_result, Error, Result,
};
use crate::page::PAGE_SIZE;
use crate::prelude::{pin_data, InPlaceInit};
use crate::sync::aref::{ARef, AlwaysRefCounted};
use crate::types::Opaque;
use core::marker::PhantomData;
use core::ops::Deref;
use core::pin::Pin;
use core::ptr::NonNull;
use pinned_init::PinInit;

/// The open file of the driver that objects `T` belong to.
pub type DriverFile<T> = drm::File<<<T as DriverObject>::Driver as drm::Driver>::File>;

/// The same file while the DRM core closes a handle of it.
pub type ClosingDriverFile<T> =
    drm::file::ClosingFile<<<T as DriverObject>::Driver as drm::Driver>::File>;

/// The memory manager of the driver that objects `T` belong to.
pub type DriverAllocImpl<T> = <<T as DriverObject>::Driver as drm::Driver>::Object;

/// What a driver keeps for each of its objects.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the data of a GEM object",
    note = "implement `drm::gem::DriverObject` for it, with `type Driver` naming the driver"
)]
pub trait DriverObject: Sync + Send + Sized + 'static {
    /// The driver that the objects belong to.
    type Driver: drm::Driver;

    /// What [`Object::new`] passes on to [`DriverObject::new`].
    type Args;

    /// Makes the data of an object of `size` bytes.
    fn new(dev: &Device<Self::Driver>, size: usize, args: Self::Args) -> impl PinInit<Self, Error>;

    /// Called when a file gets its first handle of the object.
    ///
    /// # Errors
    ///
    /// An error refuses the handle.
    fn open(_obj: &DriverAllocImpl<Self>, _file: &DriverFile<Self>) -> Result {
        Ok(())
    }

    /// Called when a file loses a handle of the object, also when the file is closed.
    ///
    /// Unlike in Linux 7.3, nothing can be done to the file's handles.
    fn close(_obj: &DriverAllocImpl<Self>, _file: &ClosingDriverFile<Self>) {}
}

/// A type that is a `struct drm_gem_object` to the DRM core.
pub trait IntoGEMObject: Sized + Sealed {
    /// The object as the DRM core knows it.
    fn as_raw(&self) -> *mut bindings::drm_gem_object;

    /// Borrows the object that a `struct drm_gem_object` is embedded in.
    ///
    /// # Safety
    ///
    /// `self_ptr` is embedded in a `Self` that is not freed during `'a`.
    unsafe fn from_raw<'a>(self_ptr: *mut bindings::drm_gem_object) -> &'a Self;
}

impl<T: DriverObject, C: DeviceContext> IntoGEMObject for Object<T, C> {
    fn as_raw(&self) -> *mut bindings::drm_gem_object {
        self.obj.get()
    }

    unsafe fn from_raw<'a>(self_ptr: *mut bindings::drm_gem_object) -> &'a Self {
        // SAFETY: `obj` is the first field of a `repr(C)` type; the rest is promised by the caller.
        unsafe { &*self_ptr.cast() }
    }
}

/// What every GEM object can do.
pub trait BaseObject: IntoGEMObject {
    /// Size of the object in bytes.
    fn size(&self) -> usize {
        // SAFETY: The object is initialised, and its size never changes.
        unsafe { (*self.as_raw()).size }
    }

    /// Gives `file` a handle for the object.
    ///
    /// # Errors
    ///
    /// `EINVAL` when `file` is open on another device than the object's; what
    /// [`DriverObject::open`] fails with; `ENOMEM` and `ENOSPC` when there is no room.
    fn create_handle<D, F>(&self, file: &drm::File<F>) -> Result<u32>
    where
        Self: AllocImpl<Driver = D>,
        D: drm::Driver<Object = Self, File = F>,
        F: drm::file::DriverFile<Driver = D>,
    {
        // SAFETY: The object is initialised, and its device never changes.
        if unsafe { (*self.as_raw()).dev } != file.raw_device() {
            return Err(EINVAL);
        }

        let mut handle = 0;
        // SAFETY: File and object are valid and of the same device.
        to_result(unsafe {
            bindings::drm_gem_handle_create(file.as_raw(), self.as_raw(), &mut handle)
        })?;
        Ok(handle)
    }

    /// Finds the object that `handle` stands for in `file`.
    ///
    /// # Errors
    ///
    /// `ENOENT` when `file` has no such handle.
    fn lookup_handle<D, F>(file: &drm::File<F>, handle: u32) -> Result<ARef<Self>>
    where
        Self: AllocImpl<Driver = D> + AlwaysRefCounted,
        D: drm::Driver<Object = Self, File = F>,
        F: drm::file::DriverFile<Driver = D>,
    {
        // SAFETY: The file is valid.
        let obj = unsafe { bindings::drm_gem_object_lookup(file.as_raw(), handle) };
        if obj.is_null() {
            return Err(ENOENT);
        }

        // SAFETY: Handles in files of driver `D` are made by `create_handle()` only, which takes
        // `D::Object`; that is `Self`.
        let obj = unsafe { Self::from_raw(obj) };

        // SAFETY: The lookup took the reference that passes to the `ARef`.
        Ok(unsafe { ARef::from_raw(NonNull::from(obj)) })
    }

    /// Makes the offset at which userspace can map the object, in bytes.
    ///
    /// # Errors
    ///
    /// `ENOMEM` or `ENOSPC` when there is no room.
    fn create_mmap_offset(&self) -> Result<u64> {
        // SAFETY: The object is initialised.
        to_result(unsafe { bindings::drm_gem_create_mmap_offset(self.as_raw()) })?;

        // SAFETY: The object has an offset now.
        Ok(unsafe { bindings::drm_vma_node_offset_addr(&raw mut (*self.as_raw()).vma_node) })
    }
}

impl<T: IntoGEMObject> BaseObject for T {}

/// A GEM object with data `T`, of whose device `C` is known.
///
/// It derefs to its data.
///
/// # Invariants
///
/// - `self.obj` is an initialised `struct drm_gem_object` of the device `self.dev`.
/// - The invariants of `C` hold for that device.
#[repr(C)]
#[pin_data]
pub struct Object<T: DriverObject, C: DeviceContext = Normal> {
    obj: Opaque<bindings::drm_gem_object>,
    #[pin]
    data: T,
    // Dropped last: freeing the object needs the device.
    dev: ARef<Device<T::Driver>>,
    _context: PhantomData<C>,
}

impl<T: DriverObject, C: DeviceContext> Object<T, C> {
    /// The device that the object was made for.
    pub fn dev(&self) -> &Device<T::Driver, C> {
        // SAFETY: By the type invariant the invariants of `C` hold for the object's device.
        unsafe { self.dev.assume_ctx() }
    }
}

impl<T: DriverObject> Object<T> {
    const FUNCS: bindings::drm_gem_object_funcs = bindings::drm_gem_object_funcs {
        free: Some(Self::free_callback),
        open: Some(open_callback::<T>),
        close: Some(close_callback::<T>),
        mmap: None,
        vmap: None,
        vunmap: None,
        vm_ops: core::ptr::null(),
    };

    /// Makes an object of `size` bytes for `dev`.
    ///
    /// # Errors
    ///
    /// `EINVAL` when `size` is zero or not a multiple of the page size (the DRM core would stop
    /// the machine); `ENOMEM` when out of memory; what [`DriverObject::new`] fails with.
    pub fn new(dev: &Device<T::Driver>, size: usize, args: T::Args) -> Result<ARef<Self>> {
        if size == 0 || !size.is_multiple_of(PAGE_SIZE) {
            return Err(EINVAL);
        }

        let obj: Pin<KBox<Self>> = KBox::pin_init(
            pinned_init::try_pin_init!(Self {
                // SAFETY: All bytes zero is a valid `struct drm_gem_object`, as in C.
                obj: Opaque::new(unsafe { core::mem::zeroed::<bindings::drm_gem_object>() }),
                data <- T::new(dev, size, args),
                dev: ARef::from(dev),
                _context: PhantomData,
            }? Error),
            GFP_KERNEL,
        )?;

        // SAFETY: Nobody else knows the object yet.
        unsafe { (*obj.as_raw()).funcs = const { &Self::FUNCS } };

        // SAFETY: The device is valid, and the object is zeroed but for its functions.
        let ret = unsafe { bindings::drm_gem_object_init(dev.as_raw(), obj.as_raw(), size) };
        if let Err(error) = to_result(ret) {
            // SAFETY: A failed initialisation leaves the private part, which ends here.
            unsafe { bindings::drm_gem_private_object_fini(obj.as_raw()) };
            return Err(error);
        }

        // SAFETY: An `ARef` never moves its object.
        let obj = KBox::into_raw(unsafe { Pin::into_inner_unchecked(obj) });

        // SAFETY: A box is not null, and the initial reference passes to the `ARef`.
        Ok(unsafe { ARef::from_raw(NonNull::new_unchecked(obj)) })
    }

    /// `free` of `struct drm_gem_object_funcs`.
    ///
    /// # Safety
    ///
    /// `obj` is embedded in a `Self` that was made by `new()` and has no reference left.
    unsafe extern "C" fn free_callback(obj: *mut bindings::drm_gem_object) {
        // SAFETY: The object is initialised, and its device is alive.
        unsafe { bindings::drm_gem_object_release(obj) };

        // SAFETY: `new()` made a box of it, with `obj` as its first field.
        drop(unsafe { KBox::from_raw(obj.cast::<Self>()) });
    }
}

impl<T: DriverObject, C: DeviceContext> Deref for Object<T, C> {
    type Target = T;

    fn deref(&self) -> &Self::Target {
        &self.data
    }
}

// SAFETY: The DRM core counts references in `struct drm_gem_object`, and frees the object by
// `free_callback` when none is left.
unsafe impl<T: DriverObject> AlwaysRefCounted for Object<T> {
    fn inc_ref(&self) {
        // SAFETY: The shared reference shows that the count is not zero.
        unsafe { bindings::drm_gem_object_get(self.as_raw()) };
    }

    unsafe fn dec_ref(obj: NonNull<Self>) {
        // SAFETY: By the requirements of this function the caller owns a reference.
        unsafe { bindings::drm_gem_object_put(obj.as_ptr().cast()) };
    }
}

// SAFETY: The DRM core synchronises `struct drm_gem_object`, the last reference may be dropped on
// any thread, and the data is `Send`.
unsafe impl<T: DriverObject, C: DeviceContext> Send for Object<T, C> {}

// SAFETY: As for `Send`; the data is `Sync`.
unsafe impl<T: DriverObject, C: DeviceContext> Sync for Object<T, C> {}

impl<T: DriverObject, C: DeviceContext> Sealed for Object<T, C> {}

impl<T: DriverObject> AllocImpl for Object<T> {
    type Driver = T::Driver;

    const ALLOC_OPS: AllocOps = AllocOps::NONE;
}

/// `open` of `struct drm_gem_object_funcs`.
///
/// # Safety
///
/// `raw_obj` and `raw_file` are an object and a file of `T::Driver`, alive during the call.
unsafe extern "C" fn open_callback<T: DriverObject>(
    raw_obj: *mut bindings::drm_gem_object,
    raw_file: *mut bindings::drm_file,
) -> i32 {
    // SAFETY: A handle is made for objects of the driver's type only; see `create_handle()`.
    let obj = unsafe { DriverAllocImpl::<T>::from_raw(raw_obj) };
    // SAFETY: Promised by the caller.
    let file = unsafe { DriverFile::<T>::from_raw(raw_file) };

    T::open(obj, file).map_or_else(Error::to_errno, |()| 0)
}

/// `close` of `struct drm_gem_object_funcs`.
///
/// # Safety
///
/// As for [`open_callback`].
unsafe extern "C" fn close_callback<T: DriverObject>(
    raw_obj: *mut bindings::drm_gem_object,
    raw_file: *mut bindings::drm_file,
) {
    // SAFETY: As in `open_callback()`.
    let obj = unsafe { DriverAllocImpl::<T>::from_raw(raw_obj) };
    // SAFETY: Promised by the caller.
    let file = unsafe { ClosingDriverFile::<T>::from_raw(raw_file) };

    T::close(obj, file);
}

/// The file operations of a GEM driver's nodes.
pub(super) const fn fops(owner: *mut bindings::module) -> bindings::file_operations {
    bindings::file_operations {
        owner,
        fop_flags: bindings::FOP_UNSIGNED_OFFSET,
        llseek: Some(bindings::noop_llseek),
        read: Some(bindings::drm_read),
        poll: Some(bindings::drm_poll),
        unlocked_ioctl: Some(bindings::drm_ioctl),
        compat_ioctl: Some(bindings::drm_compat_ioctl),
        mmap: Some(bindings::drm_gem_mmap),
        open: Some(bindings::drm_open),
        release: Some(bindings::drm_release),
    }
}
