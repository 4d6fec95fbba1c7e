//! Dumb buffers of drivers with shmem objects (`drivers/gpu/drm/drm_dumb_buffers.c`,
//! `drivers/gpu/drm/drm_gem_shmem_helper.c`): objects that the core makes without asking the driver.

use std::ffi::c_void;
use std::sync::OnceLock;

use bindings::{
    dma_buf_attachment, drm_device, drm_file, drm_gem_object, drm_gem_object_funcs,
    drm_gem_shmem_object, drm_mode_create_dumb, sg_table,
};

use crate::abi::{err_ptr, key, same_abi, zeroed};
use crate::arena::{self, Fill, Purpose};
use crate::drm::{gem, handle};
use crate::{fault, mm};

same_abi!(
    drm_gem_shmem_dumb_create: fn(*mut drm_file, *mut drm_device, *mut drm_mode_create_dumb) -> i32
);
same_abi!(
    drm_gem_shmem_prime_import_sg_table:
        fn(*mut drm_device, *mut dma_buf_attachment, *mut sg_table) -> *mut drm_gem_object
);

/// `drivers/gpu/drm/drm_dumb_buffers.c: drm_mode_create_dumb_ioctl`.
///
/// # Safety
///
/// As for every handler: `data` has the size of the ioctl, `file` is an open file of `dev`.
pub(crate) unsafe extern "C" fn create_dumb(
    dev: *mut drm_device,
    data: *mut c_void,
    file: *mut drm_file,
) -> i32 {
    // SAFETY: The driver outlives its device.
    let Some(create) = (unsafe { (*(*dev).driver).dumb_create }) else {
        return -libc::ENOSYS;
    };
    let args: *mut drm_mode_create_dumb = data.cast();
    // SAFETY: The argument has this type.
    let (width, height, bpp) = unsafe { ((*args).width, (*args).height, (*args).bpp) };
    let line = width.checked_mul(bpp.div_ceil(8));
    if line.and_then(|line| line.checked_mul(height)).unwrap_or(0) == 0 {
        return -libc::EINVAL;
    }
    // SAFETY: As above; this is where the core calls it.
    unsafe { create(file, dev, args) }
}

/// `drivers/gpu/drm/drm_gem_shmem_helper.c: drm_gem_shmem_dumb_create`.
///
/// # Safety
///
/// `args` can be read and written, `file` is an open file of `dev`.
#[no_mangle]
pub(crate) unsafe extern "C" fn drm_gem_shmem_dumb_create(
    file: *mut drm_file,
    dev: *mut drm_device,
    args: *mut drm_mode_create_dumb,
) -> i32 {
    // SAFETY: The caller's promise.
    let args = unsafe { &mut *args };
    args.pitch = args.width * args.bpp.div_ceil(8);
    args.size = u64::from(args.pitch * args.height).next_multiple_of(4096);
    // SAFETY: The device is that of the file.
    let obj = match unsafe { create(dev, args.size as usize) } {
        Ok(obj) => obj,
        Err(error) => return error,
    };
    // SAFETY: File and object are alive; the handle, if there is one, holds the object from now on.
    unsafe {
        let result = handle::drm_gem_handle_create(file, obj, &mut args.handle);
        gem::drm_gem_object_put(obj);
        result
    }
}

/// `drivers/gpu/drm/drm_gem_shmem_helper.c: __drm_gem_shmem_create`, for drivers without
/// `gem_create_object`.
///
/// # Safety
///
/// `dev` is alive.
unsafe fn create(dev: *mut drm_device, size: usize) -> Result<*mut drm_gem_object, i32> {
    if fault::fails("drm_gem_shmem_create") {
        return Err(-libc::ENOMEM);
    }
    let bytes = std::mem::size_of::<drm_gem_shmem_object>();
    let name = "a shmem object of the core";
    let shmem = arena::alloc(bytes, 8, Purpose::Kmalloc, name, Fill::Zero);
    let shmem: *mut drm_gem_shmem_object = shmem.cast();
    // SAFETY: The memory is new, and all-zero bytes are a `drm_gem_shmem_object`.
    let result = unsafe {
        (*shmem).base.funcs = funcs();
        gem::drm_gem_object_init(dev, &raw mut (*shmem).base, size)
    };
    // SAFETY: As above.
    let obj = unsafe { &raw mut (*shmem).base };
    if result < 0 {
        // SAFETY: What was set up of the object ends here, and nobody else knows it.
        unsafe { gem::drm_gem_private_object_fini(obj) };
        mm::free("kfree", key(shmem));
        return Err(result);
    }
    Ok(obj)
}

fn funcs() -> *const drm_gem_object_funcs {
    static FUNCS: OnceLock<usize> = OnceLock::new();
    let address = FUNCS.get_or_init(|| {
        // SAFETY: All-zero bytes are a table without functions.
        let mut funcs: drm_gem_object_funcs = unsafe { zeroed() };
        funcs.free = Some(drm_gem_shmem_object_free);
        key(Box::leak(Box::new(funcs)))
    });
    std::ptr::with_exposed_provenance(*address)
}

/// `include/drm/drm_gem_shmem_helper.h: drm_gem_shmem_object_free`.
///
/// # Safety
///
/// `obj` was made by `create()` and has no reference left.
unsafe extern "C" fn drm_gem_shmem_object_free(obj: *mut drm_gem_object) {
    // SAFETY: The caller's promise.
    unsafe { gem::drm_gem_object_release(obj) };
    // The object is the first field.
    mm::free("kfree", key(obj));
}

/// `drivers/gpu/drm/drm_gem_shmem_helper.c: drm_gem_shmem_prime_import_sg_table`. There are no
/// buffers of other devices here.
///
/// # Safety
///
/// None.
#[no_mangle]
pub(crate) unsafe extern "C" fn drm_gem_shmem_prime_import_sg_table(
    _dev: *mut drm_device,
    _attach: *mut dma_buf_attachment,
    _sgt: *mut sg_table,
) -> *mut drm_gem_object {
    err_ptr(-libc::EINVAL)
}
