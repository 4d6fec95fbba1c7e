//! Devices, drivers and resources that are registered twice, not at all, or still.

use bindings::*;

use crate::fixture::*;
use crate::Case;

pub const CASES: &[Case] = &[
    (
        "registration/device-twice",
        device_twice,
        &["double-registration"],
    ),
    (
        "registration/again-after-unplug",
        again_after_unplug,
        &["double-registration"],
    ),
    (
        "registration/driver-twice",
        driver_twice,
        &["double-registration"],
    ),
    (
        "registration/resource-twice",
        resource_twice,
        &["double-registration"],
    ),
    (
        "registration/unplug-unregistered",
        unplug_unregistered,
        &["missing-registration"],
    ),
    (
        "registration/unregister-twice",
        unregister_twice,
        &["missing-registration"],
    ),
    (
        "registration/no-driver",
        no_driver,
        &["missing-registration"],
    ),
    (
        "registration/no-region",
        no_region,
        &["missing-registration"],
    ),
    (
        "registration/assert-new",
        assert_new,
        &["registered-only-call"],
    ),
    (
        "registration/assert-new-in-section",
        assert_in_section,
        &["registered-only-call"],
    ),
    (
        "registration/assert-unplugged",
        assert_unplugged,
        &["registered-only-call"],
    ),
    (
        "registration/assert-outside",
        assert_outside,
        &["registered-only-call"],
    ),
    (
        "registration/hotplug-new",
        hotplug_new,
        &["registered-only-call"],
    ),
    (
        "registration/wedged-new",
        wedged_new,
        &["registered-only-call"],
    ),
    (
        "registration/minor-new",
        minor_new,
        &["registered-only-call"],
    ),
    (
        "registration/minor-unplugged",
        minor_unplugged,
        &["registered-only-call"],
    ),
    ("registration/released", released, &["node-leak"]),
    (
        "registration/left",
        left,
        &[
            "parent-not-bound",
            "device-leak",
            "node-leak",
            "device-leak",
        ],
    ),
    ("registration/driver-left", driver_left, &["driver-leak"]),
];

fn device_twice() -> Result<(), i32> {
    let (faux, drm) = registered()?;
    // SAFETY: The stub refuses it.
    assert!(unsafe { drm_dev_register(drm, 0) } < 0);
    unregister(faux, drm);
    Ok(())
}

fn again_after_unplug() -> Result<(), i32> {
    let (faux, drm) = registered()?;
    // SAFETY: The stub refuses the second registration.
    unsafe {
        drm_dev_unplug(drm);
        assert!(drm_dev_register(drm, 0) < 0);
    }
    put(drm);
    destroy(faux);
    Ok(())
}

fn platform_driver() -> *mut platform_driver {
    make(|driver: &mut platform_driver| driver.driver.name = c"test".as_ptr().cast())
}

fn register(driver: *mut platform_driver) -> i32 {
    // SAFETY: The driver is leaked.
    unsafe { __platform_driver_register(driver, std::ptr::null_mut(), c"test".as_ptr().cast()) }
}

fn driver_twice() -> Result<(), i32> {
    let driver = platform_driver();
    check(register(driver))?;
    assert!(register(driver) < 0);
    // SAFETY: It is registered.
    unsafe { platform_driver_unregister(driver) };
    Ok(())
}

unsafe extern "C" fn release_nothing(_: *mut device, _: *mut std::ffi::c_void) {}

fn resource_twice() -> Result<(), i32> {
    let faux = parent()?;
    // SAFETY: The resource is made here; the stub refuses to add it again.
    unsafe {
        let name = c"test".as_ptr().cast();
        let res = __devres_alloc_node(Some(release_nothing), 8, GFP_KERNEL, NUMA_NO_NODE, name);
        if !res.is_null() {
            devres_add(generic(faux), res);
            devres_add(generic(faux), res);
        }
    }
    destroy(faux);
    Ok(())
}

fn unplug_unregistered() -> Result<(), i32> {
    let faux = parent()?;
    let drm = drm_with(faux, 0)?;
    unregister(faux, drm);
    Ok(())
}

fn unregister_twice() -> Result<(), i32> {
    let (faux, drm) = registered()?;
    // SAFETY: The device is registered, and the stub reports the second time.
    unsafe { drm_dev_unregister(drm) };
    unregister(faux, drm);
    Ok(())
}

fn no_driver() -> Result<(), i32> {
    // SAFETY: The stub looks the driver up.
    unsafe { platform_driver_unregister(platform_driver()) };
    Ok(())
}

fn no_region() -> Result<(), i32> {
    // SAFETY: The stub looks the region up.
    unsafe { release_mem_region(0x1000, 0x1000) };
    Ok(())
}

fn on_new(call: impl FnOnce(*mut drm_device)) -> Result<(), i32> {
    let faux = parent()?;
    let drm = drm_with(faux, 0)?;
    call(drm);
    put(drm);
    destroy(faux);
    Ok(())
}

fn on_unplugged(call: impl FnOnce(*mut drm_device)) -> Result<(), i32> {
    let (faux, drm) = registered()?;
    // SAFETY: The device is registered.
    unsafe { drm_dev_unplug(drm) };
    call(drm);
    put(drm);
    destroy(faux);
    Ok(())
}

fn assert_new() -> Result<(), i32> {
    // SAFETY: The stub reports what is wrong; so in all that follow.
    on_new(|drm| unsafe { drm_dev_assert_entered(drm) })
}

fn assert_in_section() -> Result<(), i32> {
    on_new(|drm| {
        let mut idx = 0;
        // SAFETY: As above.
        unsafe {
            assert!(drm_dev_enter(drm, &mut idx), "a new device can be entered");
            drm_dev_assert_entered(drm);
            drm_dev_exit(idx);
        }
    })
}

fn assert_unplugged() -> Result<(), i32> {
    // SAFETY: As above.
    on_unplugged(|drm| unsafe { drm_dev_assert_entered(drm) })
}

fn assert_outside() -> Result<(), i32> {
    let (faux, drm) = registered()?;
    // SAFETY: As above.
    unsafe { drm_dev_assert_entered(drm) };
    unregister(faux, drm);
    Ok(())
}

fn hotplug_new() -> Result<(), i32> {
    // SAFETY: As above.
    on_new(|drm| unsafe { drm_sysfs_hotplug_event(drm) })
}

fn wedged_new() -> Result<(), i32> {
    on_new(|drm| {
        // SAFETY: As above.
        unsafe { drm_dev_wedged_event(drm, 1, std::ptr::null_mut()) };
    })
}

fn minor_new() -> Result<(), i32> {
    on_new(|drm| {
        // SAFETY: As above.
        unsafe { drm_dev_minor_index(drm, drm_minor_type_DRM_MINOR_RENDER) };
    })
}

fn minor_unplugged() -> Result<(), i32> {
    on_unplugged(|drm| {
        // SAFETY: As above.
        unsafe { drm_dev_minor_index(drm, drm_minor_type_DRM_MINOR_RENDER) };
    })
}

fn released() -> Result<(), i32> {
    let (faux, drm) = registered()?;
    put(drm);
    destroy(faux);
    Ok(())
}

fn left() -> Result<(), i32> {
    let (faux, _drm) = registered()?;
    destroy(faux);
    Ok(())
}

fn driver_left() -> Result<(), i32> {
    check(register(platform_driver()))
}
