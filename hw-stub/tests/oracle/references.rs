//! References that are dropped too often, or not at all, and objects that are none.

use bindings::*;

use crate::fixture::*;
use crate::Case;

pub const CASES: &[Case] = &[
    ("references/no-clock", no_clock, &["unknown-object"]),
    ("references/no-resource", no_resource, &["unknown-object"]),
    (
        "references/get-while-freed",
        get_while_freed,
        &["use-after-free"],
    ),
    (
        "references/object-below-zero",
        object_below_zero,
        &["refcount-underflow"],
    ),
    (
        "references/device-below-zero",
        device_below_zero,
        &["refcount-underflow"],
    ),
    (
        "references/last-of-a-bound-device",
        last_of_bound,
        &["refcount-underflow"],
    ),
    (
        "references/get-while-released",
        get_while_released,
        &["use-after-free"],
    ),
    (
        "references/drm-leak",
        drm_leak,
        &["device-leak", "device-leak"],
    ),
    ("references/device-leak", device_leak, &["device-leak"]),
    (
        "references/no-drm-device",
        no_drm_device,
        &["unknown-object"],
    ),
    ("references/no-device", no_device, &["unknown-object"]),
    ("references/no-object", no_object, &["unknown-object"]),
];

unsafe extern "C" fn free_nothing(_: *mut drm_gem_object) {}

fn object_below_zero() -> Result<(), i32> {
    let (faux, drm) = registered()?;
    let obj = object(drm)?;
    // SAFETY: The object's memory stays, since nothing frees it.
    unsafe {
        (*obj).funcs = make(|funcs: &mut drm_gem_object_funcs| funcs.free = Some(free_nothing));
        drm_gem_object_put(obj);
        drm_gem_object_put(obj);
        drm_gem_object_release(obj);
        kfree(obj.cast());
    }
    unregister(faux, drm);
    Ok(())
}

unsafe extern "C" fn put_again(dev: *mut drm_device) {
    put(dev);
}

fn device_below_zero() -> Result<(), i32> {
    release_by(put_again)
}

unsafe extern "C" fn get_and_put(dev: *mut drm_device) {
    // SAFETY: The stub reports that the device is on its way out.
    unsafe { drm_dev_get(dev) };
}

fn get_while_released() -> Result<(), i32> {
    release_by(get_and_put)
}

fn release_by(release: unsafe extern "C" fn(*mut drm_device)) -> Result<(), i32> {
    let faux = parent()?;
    let drm = drm_with(faux, 0)?;
    // SAFETY: The fixture's drivers are leaked, and each is used once.
    unsafe { (*(*drm).driver.cast_mut()).release = Some(release) };
    put(drm);
    destroy(faux);
    Ok(())
}

fn last_of_bound() -> Result<(), i32> {
    let faux = parent()?;
    // SAFETY: The stub reports what is wrong; the device is never used again.
    unsafe { put_device(generic(faux)) };
    Ok(())
}

fn drm_leak() -> Result<(), i32> {
    let faux = parent()?;
    drm_with(faux, 0)?;
    destroy(faux);
    Ok(())
}

fn device_leak() -> Result<(), i32> {
    let faux = parent()?;
    // SAFETY: The device is alive.
    unsafe { get_device(generic(faux)) };
    destroy(faux);
    Ok(())
}

fn no_drm_device() -> Result<(), i32> {
    let memory = make(|_: &mut drm_device| {});
    put(memory);
    Ok(())
}

fn no_device() -> Result<(), i32> {
    let memory = make(|_: &mut device| {});
    // SAFETY: The stub looks the device up, and reads nothing.
    unsafe { put_device(memory) };
    Ok(())
}

fn no_object() -> Result<(), i32> {
    let memory = make(|_: &mut drm_gem_object| {});
    // SAFETY: The stub looks the object up, and reads nothing.
    unsafe { drm_gem_object_get(memory) };
    Ok(())
}

fn no_clock() -> Result<(), i32> {
    // SAFETY: The stub looks the clock up.
    unsafe { clk_put(make(|_: &mut [u64; 2]| {}).cast()) };
    Ok(())
}

fn no_resource() -> Result<(), i32> {
    let faux = parent()?;
    // SAFETY: The stub looks the resource up.
    unsafe { devres_node_add(generic(faux), make(|_| {})) };
    destroy(faux);
    Ok(())
}

unsafe extern "C" fn get_and_free(obj: *mut drm_gem_object) {
    // SAFETY: The stub reports the reference; the object is freed as it should.
    unsafe {
        drm_gem_object_get(obj);
        drm_gem_object_release(obj);
        kfree(obj.cast());
    }
}

fn get_while_freed() -> Result<(), i32> {
    let (faux, drm) = registered()?;
    let obj = object(drm)?;
    // SAFETY: The object is alive until its last reference is dropped.
    unsafe {
        (*obj).funcs = make(|funcs: &mut drm_gem_object_funcs| funcs.free = Some(get_and_free));
        drm_gem_object_put(obj);
    }
    unregister(faux, drm);
    Ok(())
}
