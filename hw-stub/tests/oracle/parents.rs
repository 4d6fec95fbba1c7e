//! Parents that are not bound any more, and resources that are released too early.

use std::ffi::c_void;

use bindings::*;

use crate::fixture::*;
use crate::Case;

pub const CASES: &[Case] = &[
    (
        "parents/drvdata-after-unbind",
        drvdata_after_unbind,
        &["parent-not-bound"],
    ),
    (
        "parents/resource-after-unbind",
        resource_after_unbind,
        &["parent-not-bound"],
    ),
    (
        "parents/resource-while-released",
        resource_while_released,
        &["parent-not-bound"],
    ),
    (
        "parents/register-after-unbind",
        register_after_unbind,
        &["parent-not-bound"],
    ),
    (
        "parents/unbound-under-registered",
        unbound_under_registered,
        &["parent-not-bound"],
    ),
    (
        "parents/registers-after-unbind",
        registers_after_unbind,
        &["parent-not-bound"],
    ),
    (
        "parents/released-under-registered",
        released_under_registered,
        &["devres-order"],
    ),
    (
        "parents/resource-freed",
        resource_freed,
        &["use-after-free"],
    ),
];

/// Runs `f` with the parent when it is unbound, but still exists.
fn after_unbind(f: impl FnOnce(*mut device)) -> Result<(), i32> {
    let faux = parent()?;
    let dev = generic(faux);
    // SAFETY: The device is alive, by a reference of ours.
    unsafe { get_device(dev) };
    destroy(faux);
    f(dev);
    // SAFETY: As above.
    unsafe { put_device(dev) };
    Ok(())
}

fn drvdata_after_unbind() -> Result<(), i32> {
    // SAFETY: The device is alive.
    after_unbind(|dev| unsafe { dev_set_drvdata(dev, std::ptr::null_mut()) })
}

unsafe extern "C" fn act(_: *mut c_void) {}

fn resource_after_unbind() -> Result<(), i32> {
    let mut left = std::ptr::null_mut();
    after_unbind(|dev| {
        // SAFETY: The device is alive; the resource is freed below.
        unsafe {
            let name = c"late".as_ptr().cast();
            left = __devres_alloc_node(Some(nothing), 8, GFP_KERNEL, NUMA_NO_NODE, name);
            if !left.is_null() {
                devres_add(dev, left);
                let find = devres_find(dev, Some(nothing), None, std::ptr::null_mut());
                assert_eq!(find, left);
                let header = devres_node_remove(dev, left.byte_sub(HEADER).cast());
                assert!(header);
            }
        }
    })?;
    // SAFETY: The resource is on no list any more.
    unsafe { devres_free(left) };
    Ok(())
}

/// What the core puts before a resource's data.
const HEADER: usize = size_of::<devres_node>() + 8;

unsafe extern "C" fn nothing(_: *mut device, _: *mut c_void) {}

unsafe extern "C" fn set_drvdata(dev: *mut device, _: *mut c_void) {
    // SAFETY: The device is alive while its resources are released.
    unsafe { dev_set_drvdata(dev, std::ptr::null_mut()) };
}

fn add_resource(dev: *mut device, release: unsafe extern "C" fn(*mut device, *mut c_void)) {
    // SAFETY: The device is bound.
    unsafe {
        let name = c"test".as_ptr().cast();
        let res = __devres_alloc_node(Some(release), 8, GFP_KERNEL, NUMA_NO_NODE, name);
        devres_add(dev, res);
    }
}

fn resource_while_released() -> Result<(), i32> {
    let faux = parent()?;
    add_resource(generic(faux), set_drvdata);
    destroy(faux);
    Ok(())
}

fn register_after_unbind() -> Result<(), i32> {
    let faux = parent()?;
    let drm = drm_with(faux, 0)?;
    destroy(faux);
    // SAFETY: The device is alive.
    unsafe {
        check(drm_dev_register(drm, 0))?;
        drm_dev_unplug(drm);
    }
    put(drm);
    Ok(())
}

fn unbound_under_registered() -> Result<(), i32> {
    let (faux, drm) = registered()?;
    destroy(faux);
    // SAFETY: The device is alive.
    unsafe { drm_dev_unplug(drm) };
    put(drm);
    Ok(())
}

fn registers_after_unbind() -> Result<(), i32> {
    let gpu = crate::hardware::gpu();
    let mapping = crate::hardware::map(&gpu)?;
    gpu.device.unbind();
    // SAFETY: The mapping still exists.
    unsafe {
        readl(mapping);
        iounmap(mapping);
    }
    Ok(())
}

unsafe extern "C" fn unplug(data: *mut c_void) {
    // SAFETY: The action's data is the device.
    unsafe { drm_dev_unplug(data.cast()) };
}

fn released_under_registered() -> Result<(), i32> {
    let (faux, drm) = registered()?;
    // SAFETY: The device is bound.
    unsafe {
        check(devm_add_action_or_reset(
            generic(faux),
            Some(unplug),
            drm.cast(),
        ))?;
        check(devm_add_action_or_reset(
            generic(faux),
            Some(act),
            std::ptr::null_mut(),
        ))?;
    }
    destroy(faux);
    put(drm);
    Ok(())
}

fn resource_freed() -> Result<(), i32> {
    let faux = parent()?;
    // SAFETY: The stub reports that the resource is still on the list.
    unsafe {
        let name = c"test".as_ptr().cast();
        let res = __devres_alloc_node(Some(nothing), 8, GFP_KERNEL, NUMA_NO_NODE, name);
        devres_add(generic(faux), res);
        devres_free(res);
    }
    destroy(faux);
    Ok(())
}
