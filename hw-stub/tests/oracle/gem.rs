//! GEM objects, handles, files and mappings that are left behind or belong to somebody else.

use std::sync::atomic::{AtomicBool, Ordering};

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
    ("gem/handle-made-ahead", handle_made_ahead, &[]),
    (
        "gem/handle-made-behind",
        handle_made_behind,
        &["gem-object-leak", "memory-leak"],
    ),
    (
        "gem/handle-looked-up-while-closing",
        handle_looked_up_while_closing,
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

type Close = unsafe extern "C" fn(*mut drm_gem_object, *mut drm_file);

/// Closes a file with the handles 1 and 2, or with 2 alone, of objects that `close` is called for.
fn close_file(close: Close, both: bool) -> Result<(), i32> {
    let (faux, drm) = registered()?;
    let result = open().and_then(|file| {
        give_handle(drm, &file, both.then_some(close))?;
        give_handle(drm, &file, Some(close))?;
        match both {
            true => Ok(()),
            false => file.gem_close(1).map_err(|errno| errno.0),
        }
    });
    unregister(faux, drm);
    result
}

/// Makes an object with a handle, which keeps it.
fn give_handle(
    drm: *mut drm_device,
    file: &hw_stub::client::File,
    close: Option<Close>,
) -> Result<(), i32> {
    let obj = object(drm)?;
    let mut handle = 0;
    // SAFETY: Everything is alive; the functions of an object are copied, with one more.
    unsafe {
        let old = (*obj).funcs;
        (*obj).funcs = make(|funcs: &mut drm_gem_object_funcs| {
            funcs.free = (*old).free;
            funcs.close = close;
        });
        let result = drm_gem_handle_create(file.as_raw(), obj, &mut handle);
        drm_gem_object_put(obj);
        check(result)
    }
}

/// Makes a handle, once.
unsafe extern "C" fn make_handle(obj: *mut drm_gem_object, file: *mut drm_file) {
    static MADE: AtomicBool = AtomicBool::new(false);
    if !MADE.swap(true, Ordering::Relaxed) {
        let mut handle = 0;
        // SAFETY: Both are alive while the core calls this.
        unsafe { drm_gem_handle_create(file, obj, &mut handle) };
    }
}

/// Revives the object of the first handle, and drops what it got.
unsafe extern "C" fn look_up_first(_: *mut drm_gem_object, file: *mut drm_file) {
    // SAFETY: The stub reports the look-up of an object that is gone, and gives none.
    unsafe { drm_gem_object_put(drm_gem_object_lookup(file, 1)) };
}

fn handle_made_ahead() -> Result<(), i32> {
    close_file(make_handle, true)
}

fn handle_made_behind() -> Result<(), i32> {
    close_file(make_handle, false)
}

fn handle_looked_up_while_closing() -> Result<(), i32> {
    close_file(look_up_first, true)
}
