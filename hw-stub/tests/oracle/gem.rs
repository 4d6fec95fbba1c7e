//! GEM objects, handles, files and mappings that are left behind or belong to somebody else.

use bindings::*;

use crate::fixture::*;
use crate::Case;

pub const CASES: &[Case] = &[
    ("gem/left-with-device", left_with_device, LEFT),
    (
        "gem/released-with-handle",
        released_with_handle,
        &["gem-handle-leak"],
    ),
    (
        "gem/never-released",
        never_released,
        &["gem-object-leak", "memory-leak"],
    ),
    (
        "gem/freed-unreleased",
        freed_unreleased,
        &["gem-object-leak"],
    ),
    ("gem/outlives-device", outlives_device, &["gem-object-leak"]),
    (
        "gem/foreign-handle",
        foreign_handle,
        &["gem-foreign-handle"],
    ),
    ("gem/odd-size", odd_size, &["bad-argument"]),
    (
        "gem/file-left",
        file_left,
        &["file-leak", "device-leak", "device-leak"],
    ),
    (
        "gem/mapping-left",
        mapping_left,
        &["gem-object-leak", "mapping-leak", "memory-leak"],
    ),
    (
        "gem/handle-in-closed-file",
        handle_in_closed_file,
        &["use-after-free"],
    ),
];

const LEFT: &[&str] = &[
    "gem-object-leak",
    "device-leak",
    "device-leak",
    "memory-leak",
];

fn open() -> Result<hw_stub::client::File, i32> {
    node().open().map_err(|errno| errno.0)
}

unsafe extern "C" fn keep(_: *mut drm_gem_object) {}

fn released_with_handle() -> Result<(), i32> {
    let (faux, drm) = registered()?;
    let file = open()?;
    let obj = object(drm)?;
    let mut handle = 0;
    // SAFETY: The stub reports the release; the object stays until the file is closed.
    unsafe {
        (*obj).funcs = make(|funcs: &mut drm_gem_object_funcs| funcs.free = Some(keep));
        check(drm_gem_handle_create(file.as_raw(), obj, &mut handle))?;
        drm_gem_object_put(obj);
        file.gem_close(handle).map_err(|errno| errno.0)?;
        (*obj).handle_count = 1;
        drm_gem_object_release(obj);
        kfree(obj.cast());
    }
    drop(file);
    unregister(faux, drm);
    Ok(())
}

fn never_released() -> Result<(), i32> {
    let (faux, drm) = registered()?;
    let obj = object(drm)?;
    // SAFETY: The object keeps its device alive, as it must, and both are left behind by intent.
    unsafe { (*obj).dev = std::ptr::null_mut() };
    unregister(faux, drm);
    Ok(())
}

fn freed_unreleased() -> Result<(), i32> {
    let (faux, drm) = registered()?;
    let obj = object(drm)?;
    // SAFETY: The stub reports that the object was not released.
    unsafe { kfree(obj.cast()) };
    unregister(faux, drm);
    Ok(())
}

fn outlives_device() -> Result<(), i32> {
    let (faux, drm) = registered()?;
    let obj = object(drm)?;
    unregister(faux, drm);
    // SAFETY: The object itself is alive.
    unsafe { drm_gem_object_put(obj) };
    Ok(())
}

fn foreign_handle() -> Result<(), i32> {
    let (faux, drm) = registered()?;
    let (other_faux, other) = registered()?;
    let file = open()?;
    let obj = object(other)?;
    let mut handle = 0;
    // SAFETY: Everything is alive.
    unsafe {
        check(drm_gem_handle_create(file.as_raw(), obj, &mut handle))?;
        drm_gem_object_put(obj);
    }
    drop(file);
    unregister(other_faux, other);
    unregister(faux, drm);
    Ok(())
}

fn odd_size() -> Result<(), i32> {
    let (faux, drm) = registered()?;
    let mut obj: drm_gem_object = zeroed();
    // SAFETY: The stub refuses the size, and leaves what there is of the object to the caller.
    unsafe {
        assert!(drm_gem_object_init(drm, &mut obj, 5000) < 0);
        drm_gem_private_object_fini(&mut obj);
    }
    unregister(faux, drm);
    Ok(())
}

fn file_left() -> Result<(), i32> {
    let (faux, drm) = registered()?;
    std::mem::forget(open()?);
    unregister(faux, drm);
    Ok(())
}

fn mapping_left() -> Result<(), i32> {
    let (faux, drm) = registered()?;
    let file = open()?;
    let obj = object(drm)?;
    let mut handle = 0;
    // SAFETY: Everything is alive.
    let offset = unsafe {
        check(drm_gem_handle_create(file.as_raw(), obj, &mut handle))?;
        check(drm_gem_create_mmap_offset(obj))?;
        drm_gem_object_put(obj);
        drm_vma_node_offset_addr(&raw mut (*obj).vma_node)
    };
    std::mem::forget(file.mmap(offset, 4096).map_err(|errno| errno.0)?);
    drop(file);
    unregister(faux, drm);
    Ok(())
}

fn handle_in_closed_file() -> Result<(), i32> {
    let (faux, drm) = registered()?;
    let file = open()?;
    let raw = file.as_raw();
    drop(file);
    // SAFETY: The stub looks the file up.
    assert!(unsafe { drm_gem_object_lookup(raw, 1) }.is_null());
    unregister(faux, drm);
    Ok(())
}

fn left_with_device() -> Result<(), i32> {
    let (faux, drm) = registered()?;
    object(drm)?;
    // SAFETY: The device is registered.
    unsafe { drm_dev_unplug(drm) };
    destroy(faux);
    Ok(())
}
