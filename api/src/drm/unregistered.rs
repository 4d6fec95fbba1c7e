//! The beginning of a device's life: allocated, usable, not yet registered.

use super::device::{Device, Normal};
use super::driver::{AllocImpl, FEAT_GEM, FEAT_RENDER};
use super::layout::assert_same_in_every_context;
use crate::alloc::allocator::Kmalloc;
use crate::device;
use crate::drm;
use crate::error::{code::ENOMEM, from_err_ptr, Error, Result};
use crate::str::as_char_ptr_in_const_context;
use crate::sync::aref::ARef;
use crate::types::NotThreadSafe;
use core::alloc::Layout;
use core::cell::UnsafeCell;
use core::ops::Deref;
use core::ptr::NonNull;
use kernel_shim::internal::DeviceExt;
use pinned_init::PinInit;

/// A device that userspace has never seen, with the right to register it.
///
/// It derefs to [`Device<T, Normal>`](Device), so GEM objects can be made and firmware be loaded
/// before registration. [`Registration::new`](drm::Registration::new) consumes it.
///
/// The device itself is shared already: an [`ARef`] can be cloned out of it and sent to other
/// threads. The *right to register* stays on the thread that made the device, because its driver's
/// setup is single-threaded.
///
/// # Invariants
///
/// `drm_dev_register()` was never called for the device in `self.0`, and only this value gives the
/// right to call it.
///
/// # Examples
///
/// ```
/// use driver::Probe;
/// use kernel::{device, drm, faux, prelude::*};
///
/// fn set_up(parent: &faux::Device<device::Bound>) -> Result<drm::UnregisteredDevice<Probe>> {
///     drm::UnregisteredDevice::new(parent, driver::data())
/// }
/// ```
pub struct UnregisteredDevice<T: drm::Driver>(ARef<Device<T>>, NotThreadSafe);

impl<T: drm::Driver> Deref for UnregisteredDevice<T> {
    type Target = Device<T, Normal>;

    #[inline]
    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl<T: drm::Driver> UnregisteredDevice<T> {
    const VTABLE: bindings::drm_driver = vtable::<T>();

    /// Allocates a device below `dev` and initialises its data.
    ///
    /// The final registration data is not needed yet; it is given when the device is registered.
    ///
    /// # Errors
    ///
    /// `ENOMEM` when out of memory; whatever `data` fails with, in which case nothing of
    /// `T::Data` is dropped that `data` had not initialised.
    pub fn new(
        dev: &T::ParentDevice<device::Bound>,
        data: impl PinInit<T::Data, Error>,
    ) -> Result<Self> {
        const { assert_same_in_every_context::<T>() };

        // Until the data is initialised the core must not release it, so the device starts with a
        // table without `release`.
        let without_release = bindings::drm_driver {
            release: None,
            ..Self::VTABLE
        };

        let device = allocate::<T>(dev, &without_release)?;

        // SAFETY: `device` was just allocated for a whole `Device<T>`, and nobody else knows it.
        let raw_data = unsafe { &raw mut (*device.as_ptr()).data };

        // SAFETY: `raw_data` is valid for writes, and the allocation does not move until the last
        // reference is dropped.
        if let Err(error) = unsafe { data.__pinned_init(raw_data) } {
            // SAFETY: `allocate()` returned one reference, which ends here. The table in use has
            // no `release`, so the data is not dropped.
            unsafe { bindings::drm_dev_put(raw(device)) };
            return Err(error);
        }

        // SAFETY: Nobody else knows the device yet, so its fields may be written.
        unsafe {
            (*raw(device)).driver = const { &Self::VTABLE };
            (&raw mut (*device.as_ptr()).registration_data)
                .write(UnsafeCell::new(NonNull::dangling()));
        }

        // INVARIANT: Nobody has called `drm_dev_register()`, and nobody else holds the right to.
        // SAFETY: The one reference of `allocate()` passes to the `ARef`; the type invariants of
        // `Device` hold now that data and table are set.
        Ok(Self(unsafe { ARef::from_raw(device) }, NotThreadSafe))
    }
}

/// Allocates the memory of a device, of which only the `struct drm_device` is initialised.
///
/// `driver` must live until the device has another table or is freed.
fn allocate<T: drm::Driver>(
    dev: &T::ParentDevice<device::Bound>,
    driver: &bindings::drm_driver,
) -> Result<NonNull<Device<T>>> {
    // `kmalloc()` aligns a size to the largest power of two that divides it.
    let layout = Kmalloc::aligned_layout(Layout::new::<Device<T>>());

    // SAFETY: `dev` is bound, so its `struct device` is valid; `driver` lives as long as it is in
    // use by the requirement above; the layout holds a `drm_device` at `DEV_OFFSET`.
    let device = unsafe {
        bindings::__drm_dev_alloc(
            dev.as_ref().as_raw(),
            driver,
            layout.size(),
            Device::<T>::DEV_OFFSET,
        )
    };

    NonNull::new(from_err_ptr(device.cast())?).ok_or(ENOMEM)
}

/// The C part of a device.
fn raw<T: drm::Driver>(device: NonNull<Device<T>>) -> *mut bindings::drm_device {
    // SAFETY: Callers pass the result of `allocate()`, within which `DEV_OFFSET` lies.
    unsafe { device.as_ptr().byte_add(Device::<T>::DEV_OFFSET).cast() }
}

/// Drops a device's data. Called by the DRM core when the last reference is gone.
///
/// # Safety
///
/// `ptr` is the `struct drm_device` of a `Device<T>` whose type invariants hold and that nobody
/// will access again.
unsafe extern "C" fn release<T: drm::Driver>(ptr: *mut bindings::drm_device) {
    // SAFETY: By the requirements of this function `ptr` is embedded in a `Device<T>`.
    let device: *mut Device<T> = unsafe { ptr.byte_sub(Device::<T>::DEV_OFFSET).cast() };

    // SAFETY: The device is initialised and accessed for the last time.
    unsafe { core::ptr::drop_in_place(device) };
}

const fn features<T: drm::Driver>() -> u32 {
    if T::FEAT_RENDER {
        FEAT_GEM | FEAT_RENDER
    } else {
        FEAT_GEM
    }
}

const fn vtable<T: drm::Driver>() -> bindings::drm_driver {
    drm::ioctl::assert_in_order(T::IOCTLS);

    let ops = <T::Object as AllocImpl>::ALLOC_OPS;

    bindings::drm_driver {
        load: None,
        open: Some(drm::File::<T::File>::open_callback),
        postclose: Some(drm::File::<T::File>::postclose_callback),
        unload: None,
        release: Some(release::<T>),
        master_set: None,
        master_drop: None,
        debugfs_init: None,
        gem_create_object: ops.gem_create_object,
        prime_handle_to_fd: ops.prime_handle_to_fd,
        prime_fd_to_handle: ops.prime_fd_to_handle,
        gem_prime_import: ops.gem_prime_import,
        gem_prime_import_sg_table: ops.gem_prime_import_sg_table,
        dumb_create: ops.dumb_create,
        dumb_map_offset: ops.dumb_map_offset,
        fbdev_probe: None,
        show_fdinfo: None,
        major: T::INFO.major,
        minor: T::INFO.minor,
        patchlevel: T::INFO.patchlevel,
        name: as_char_ptr_in_const_context(T::INFO.name).cast_mut(),
        desc: as_char_ptr_in_const_context(T::INFO.desc).cast_mut(),
        driver_features: features::<T>(),
        ioctls: T::IOCTLS.as_ptr().cast(),
        num_ioctls: T::IOCTLS.len() as i32,
        fops: const { &drm::gem::fops(crate::module::this_module::<T::OwnerModule>().as_ptr()) },
    }
}
