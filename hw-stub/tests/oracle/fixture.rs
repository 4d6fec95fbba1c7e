//! A small C-like driver on the stub, and the pieces that programs put together.

use std::ffi::c_void;
use std::mem::{size_of, MaybeUninit};
use std::sync::Mutex;

use bindings::*;
use hw_stub::client::Node;

/// `_IOWR('d', 0x40, u64)`.
pub const DOUBLE: u32 = 3 << 30 | 8 << 16 | 0x64 << 8 | 0x40;
/// `_IOW('d', 0x41, u32)`, for root only.
pub const ROOT_ONLY: u32 = 1 << 30 | 4 << 16 | 0x64 << 8 | 0x41;
/// `_IO('d', 0x42)`, for the authenticated.
pub const AUTH: u32 = 0x64 << 8 | 0x42;
/// `_IOWR('d', 0x43, u64)`: makes a GEM object, and returns its handle.
pub const CREATE: u32 = 3 << 30 | 8 << 16 | 0x64 << 8 | 0x43;
/// `_IO('d', 0x44)`: a handler that unplugs its own device, outside of any section.
pub const UNPLUG: u32 = 0x64 << 8 | 0x44;

/// The handlers' result as C returns it.
pub fn check(result: i32) -> Result<(), i32> {
    if result < 0 {
        Err(-result)
    } else {
        Ok(())
    }
}

/// A C structure of zeroes.
pub fn zeroed<T>() -> T {
    // SAFETY: Only used for C structures, whose all-zero bytes are valid.
    unsafe { MaybeUninit::zeroed().assume_init() }
}

/// A C structure that is never freed, filled by `fill`.
pub fn make<T>(fill: impl FnOnce(&mut T)) -> *mut T {
    // A leak detector finds it here.
    static KEPT: Mutex<Vec<usize>> = Mutex::new(Vec::new());
    let mut value = Box::new(zeroed::<T>());
    fill(&mut value);
    let value = Box::into_raw(value);
    let mut kept = KEPT.lock().expect("nobody panics with the list");
    kept.push(value.expose_provenance());
    value
}

unsafe extern "C" fn double(dev: *mut drm_device, data: *mut c_void, _: *mut drm_file) -> i32 {
    let mut idx = 0;
    // SAFETY: A handler's device is alive, and its argument has the declared type.
    unsafe {
        if !drm_dev_enter(dev, &mut idx) {
            return -libc::ENODEV;
        }
        *data.cast::<u64>() *= 2;
        drm_dev_exit(idx);
    }
    0
}

unsafe extern "C" fn nothing(_: *mut drm_device, _: *mut c_void, _: *mut drm_file) -> i32 {
    7
}

unsafe extern "C" fn create(dev: *mut drm_device, data: *mut c_void, file: *mut drm_file) -> i32 {
    let obj = match object(dev) {
        Ok(obj) => obj,
        Err(errno) => return -errno,
    };
    let mut handle = 0;
    // SAFETY: The object is ours, and the file is open.
    unsafe {
        let result = drm_gem_handle_create(file, obj, &mut handle);
        drm_gem_object_put(obj);
        *data.cast::<u64>() = handle.into();
        result
    }
}

unsafe extern "C" fn unplug(dev: *mut drm_device, _: *mut c_void, _: *mut drm_file) -> i32 {
    // SAFETY: A handler's device is alive.
    unsafe { drm_dev_unplug(dev) };
    0
}

unsafe extern "C" fn free_object(obj: *mut drm_gem_object) {
    // SAFETY: The last reference is gone.
    unsafe {
        drm_gem_object_release(obj);
        kfree(obj.cast());
    }
}

unsafe extern "C" fn map_object(_: *mut drm_gem_object, _: *mut vm_area_struct) -> i32 {
    0
}

/// The functions of [`object`]s.
pub fn object_funcs() -> *const drm_gem_object_funcs {
    make(|funcs: &mut drm_gem_object_funcs| {
        funcs.free = Some(free_object);
        funcs.mmap = Some(map_object);
    })
}

/// A GEM object of one page, with one reference, or an errno.
pub fn object(dev: *mut drm_device) -> Result<*mut drm_gem_object, i32> {
    let obj: *mut drm_gem_object = kzalloc(size_of::<drm_gem_object>())?.cast();
    // SAFETY: The memory is as large as an object.
    unsafe {
        (*obj).funcs = object_funcs();
        let result = drm_gem_object_init(dev, obj, PAGE_SIZE);
        if result != 0 {
            drm_gem_private_object_fini(obj);
            kfree(obj.cast());
            return Err(-result);
        }
    }
    Ok(obj)
}

/// `kzalloc`, or an errno.
pub fn kzalloc(size: usize) -> Result<*mut c_void, i32> {
    let flags = GFP_KERNEL | __GFP_ZERO;
    // SAFETY: Nothing is reallocated.
    let memory = unsafe { krealloc_node_align(std::ptr::null(), size, 8, flags, NUMA_NO_NODE) };
    if memory.is_null() {
        Err(libc::ENOMEM)
    } else {
        Ok(memory)
    }
}

/// A DRM driver with the ioctls of this file.
pub fn driver() -> *mut drm_driver {
    let entry = |cmd, flags, func: unsafe extern "C" fn(_, _, _) -> i32| drm_ioctl_desc {
        cmd,
        flags,
        func: Some(func),
        name: c"TEST".as_ptr().cast(),
    };
    let allow = drm_ioctl_flags_DRM_RENDER_ALLOW;
    let table = Box::leak(Box::new([
        entry(DOUBLE, allow, double),
        entry(ROOT_ONLY, allow | drm_ioctl_flags_DRM_ROOT_ONLY, nothing),
        entry(AUTH, drm_ioctl_flags_DRM_AUTH, nothing),
        entry(CREATE, allow, create),
        entry(UNPLUG, allow, unplug),
    ]));
    let fops = make(|fops: &mut file_operations| {
        fops.fop_flags = FOP_UNSIGNED_OFFSET;
        fops.open = Some(drm_open);
        fops.release = Some(drm_release);
        fops.unlocked_ioctl = Some(drm_ioctl);
        fops.read = Some(drm_read);
        fops.mmap = Some(drm_gem_mmap);
    });
    make(|driver: &mut drm_driver| {
        driver.driver_features = drm_driver_feature_DRIVER_GEM | drm_driver_feature_DRIVER_RENDER;
        driver.major = 1;
        driver.minor = 2;
        driver.ioctls = table.as_ptr();
        driver.num_ioctls = table.len() as i32;
        driver.fops = fops;
    })
}

/// A faux device, or an errno.
pub fn parent() -> Result<*mut faux_device, i32> {
    let null = std::ptr::null_mut();
    // SAFETY: The name is a literal, and there are no callbacks.
    let faux = unsafe { faux_device_create(c"parent".as_ptr().cast(), null, std::ptr::null()) };
    if faux.is_null() {
        Err(libc::ENODEV)
    } else {
        Ok(faux)
    }
}

/// Takes a faux device away.
pub fn destroy(faux: *mut faux_device) {
    // SAFETY: Programs do this once; the stub would report a second time.
    unsafe { faux_device_destroy(faux) };
}

/// The generic part of a faux device.
pub fn generic(faux: *mut faux_device) -> *mut device {
    // SAFETY: Only the address is computed.
    unsafe { &raw mut (*faux).dev }
}

/// A DRM device with `extra` bytes behind it, or an errno.
pub fn drm_with(faux: *mut faux_device, extra: usize) -> Result<*mut drm_device, i32> {
    let size = size_of::<drm_device>() + extra;
    // SAFETY: The driver is leaked.
    let container = unsafe { __drm_dev_alloc(generic(faux), driver(), size, 0) };
    match -(container as isize) {
        errno @ 1..=4095 => Err(errno as i32),
        _ => Ok(container.cast()),
    }
}

/// A parent, and a DRM device on it that is registered.
pub fn registered() -> Result<(*mut faux_device, *mut drm_device), i32> {
    let faux = parent()?;
    let drm = drm_with(faux, 0).inspect_err(|_| destroy(faux))?;
    // SAFETY: The device was just made.
    if let Err(errno) = check(unsafe { drm_dev_register(drm, 0) }) {
        put(drm);
        destroy(faux);
        return Err(errno);
    }
    Ok((faux, drm))
}

/// Undoes [`registered`].
pub fn unregister(faux: *mut faux_device, drm: *mut drm_device) {
    // SAFETY: The stub reports what is wrong.
    unsafe { drm_dev_unplug(drm) };
    put(drm);
    destroy(faux);
}

/// Drops a reference.
pub fn put(drm: *mut drm_device) {
    // SAFETY: The stub reports what is wrong.
    unsafe { drm_dev_put(drm) };
}

/// The first render node.
pub fn node() -> Node {
    Node::render(0)
}
