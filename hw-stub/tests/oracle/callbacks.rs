//! Correct programs that watch when the core calls back.

use std::ffi::c_void;
use std::sync::Mutex;

use bindings::*;
use hw_stub::bus::PlatformDevice;
use hw_stub::client::{primary_nodes, render_nodes, Node};
use hw_stub::fault;

use crate::fixture::*;
use crate::Case;

pub const CASES: &[Case] = &[
    ("callbacks/of-a-file", of_a_file, &[]),
    ("callbacks/of-unbinding", of_unbinding, &[]),
    ("callbacks/of-a-failed-probe", of_a_failed_probe, &[]),
    (
        "callbacks/none-after-failed-init",
        none_after_failed_init,
        &[],
    ),
    ("callbacks/failed-registration", failed_registration, &[]),
    ("callbacks/failed-driver-open", failed_driver_open, &[]),
    ("callbacks/failed-master", failed_master, &[]),
    ("callbacks/failed-object-open", failed_object_open, &[]),
    ("callbacks/failed-object", failed_object, &[]),
];

static CALLS: Mutex<Vec<&str>> = Mutex::new(Vec::new());

fn called(name: &'static str) {
    CALLS
        .lock()
        .expect("nobody panics with the list")
        .push(name);
}

/// Checks what was called since the last check.
fn expect(names: &[&str]) {
    let calls = std::mem::take(&mut *CALLS.lock().expect("nobody panics with the list"));
    // A call that is made to fail calls back less; that nothing is misused is checked then.
    if fault::fired().is_none() {
        assert_eq!(calls, names);
    }
}

unsafe extern "C" fn open(_: *mut drm_device, _: *mut drm_file) -> i32 {
    called("open");
    0
}

unsafe extern "C" fn refuse(_: *mut drm_device, _: *mut drm_file) -> i32 {
    -libc::EPERM
}

unsafe extern "C" fn postclose(_: *mut drm_device, _: *mut drm_file) {
    called("postclose");
}

unsafe extern "C" fn release(_: *mut drm_device) {
    called("release");
}

unsafe extern "C" fn open_object(_: *mut drm_gem_object, _: *mut drm_file) -> i32 {
    called("object open");
    0
}

unsafe extern "C" fn refuse_object(_: *mut drm_gem_object, _: *mut drm_file) -> i32 {
    -libc::EPERM
}

unsafe extern "C" fn close_object(_: *mut drm_gem_object, _: *mut drm_file) {
    called("object close");
}

unsafe extern "C" fn free_object(obj: *mut drm_gem_object) {
    called("object free");
    // SAFETY: The last reference is gone.
    unsafe {
        drm_gem_object_release(obj);
        kfree(obj.cast());
    }
}

/// Runs `f` on a registered device whose driver is changed by `change`.
fn with_driver(
    change: impl FnOnce(&mut drm_driver),
    f: impl FnOnce(*mut drm_device) -> Result<(), i32>,
) -> Result<(), i32> {
    let (faux, drm) = registered()?;
    // SAFETY: The fixture's drivers are leaked, and each is used once.
    change(unsafe { &mut *(*drm).driver.cast_mut() });
    let result = f(drm);
    unregister(faux, drm);
    result
}

fn of_a_file() -> Result<(), i32> {
    let change = |driver: &mut drm_driver| {
        driver.open = Some(open);
        driver.postclose = Some(postclose);
        driver.release = Some(release);
    };
    with_driver(change, |drm| {
        let file = node().open().map_err(|errno| errno.0)?;
        expect(&["open"]);
        give_handles(drm, file.as_raw())?;
        file.gem_close(2).map_err(|errno| errno.0)?;
        expect(&["object open", "object open", "object close"]);
        drop(file);
        expect(&["object close", "object free", "postclose"]);
        Ok(())
    })?;
    expect(&["release"]);
    Ok(())
}

/// Gives a file two handles to one object.
fn give_handles(drm: *mut drm_device, file: *mut drm_file) -> Result<(), i32> {
    let obj = object(drm)?;
    let mut handle = 0;
    // SAFETY: The object is alive, and the file open.
    unsafe {
        (*obj).funcs = make(|funcs: &mut drm_gem_object_funcs| {
            funcs.open = Some(open_object);
            funcs.close = Some(close_object);
            funcs.free = Some(free_object);
        });
        let first = drm_gem_handle_create(file, obj, &mut handle);
        let second = drm_gem_handle_create(file, obj, &mut handle);
        drm_gem_object_put(obj);
        check(first)?;
        check(second)
    }
}

fn failed_driver_open() -> Result<(), i32> {
    let change = |driver: &mut drm_driver| {
        driver.open = Some(refuse);
        driver.postclose = Some(postclose);
    };
    with_driver(change, |_| {
        let errno = node().open().map(drop).map_err(|errno| errno.0);
        assert!(errno == Err(libc::EPERM) || fault::fired().is_some());
        expect(&[]);
        Ok(())
    })
}

/// A file that the driver has opened is closed by it, too, when it cannot become master.
fn failed_master() -> Result<(), i32> {
    let change = |driver: &mut drm_driver| {
        driver.open = Some(open);
        driver.postclose = Some(postclose);
    };
    with_driver(change, |_| {
        fault::fail_call("drm_new_set_master", 1);
        let errno = Node::primary(0).open().map(drop).map_err(|errno| errno.0);
        assert!(fault::disarm().is_some());
        assert_eq!(errno, Err(libc::ENOMEM));
        expect(&["open", "postclose"]);
        Node::primary(0).open().map_err(|errno| errno.0)?;
        expect(&["open", "postclose"]);
        Ok(())
    })
}

/// An object finds no memory, or no place in the file system of shared memory.
fn failed_object() -> Result<(), i32> {
    with_driver(
        |_| {},
        |drm| {
            for (call, errno) in [
                ("drm_gem_object_init", libc::ENOMEM),
                ("shmem_file_setup", libc::ENOSPC),
            ] {
                fault::fail_call(call, fault::calls_of(call) + 1);
                assert_eq!(object(drm).map(drop), Err(errno));
                assert!(fault::disarm().is_some());
            }
            Ok(())
        },
    )
}

fn failed_object_open() -> Result<(), i32> {
    with_driver(
        |_| {},
        |drm| {
            let file = node().open().map_err(|errno| errno.0)?;
            let obj = object(drm)?;
            let mut handle = 0;
            // SAFETY: The object is alive, and the file open.
            unsafe {
                (*obj).funcs = make(|funcs: &mut drm_gem_object_funcs| {
                    funcs.open = Some(refuse_object);
                    funcs.close = Some(close_object);
                    funcs.free = Some(free_object);
                });
                let result = drm_gem_handle_create(file.as_raw(), obj, &mut handle);
                assert!(result == -libc::EPERM || fault::fired().is_some());
                drm_gem_object_put(obj);
            }
            expect(&["object free"]);
            Ok(())
        },
    )
}

unsafe extern "C" fn act(_: *mut c_void) {
    called("resource");
}

unsafe extern "C" fn probe(pdev: *mut platform_device) -> i32 {
    // SAFETY: The device is being probed.
    unsafe { devm_add_action_or_reset(&raw mut (*pdev).dev, Some(act), std::ptr::null_mut()) }
}

unsafe extern "C" fn failing_probe(pdev: *mut platform_device) -> i32 {
    // SAFETY: As above.
    unsafe { probe(pdev) };
    -libc::EIO
}

unsafe extern "C" fn remove(_: *mut platform_device) {
    called("remove");
}

unsafe extern "C" fn post_unbind(dev: *mut device) {
    called("post_unbind");
    // SAFETY: The device is bound still.
    unsafe { dev_set_drvdata(dev, std::ptr::null_mut()) };
}

fn with_platform(
    probe: unsafe extern "C" fn(*mut platform_device) -> i32,
    f: impl FnOnce(&PlatformDevice),
) -> Result<(), i32> {
    let driver = make(|driver: &mut platform_driver| {
        driver.driver.name = c"gpu".as_ptr().cast();
        driver.driver.p_cb.post_unbind_rust = Some(post_unbind);
        driver.probe = Some(probe);
        driver.remove = Some(remove);
    });
    let name = c"gpu".as_ptr().cast();
    // SAFETY: The driver is leaked.
    check(unsafe { __platform_driver_register(driver, std::ptr::null_mut(), name) })?;
    f(&PlatformDevice::builder("gpu").add());
    // SAFETY: The driver is registered.
    unsafe { platform_driver_unregister(driver) };
    Ok(())
}

fn of_unbinding() -> Result<(), i32> {
    with_platform(probe, |device| {
        device.unbind();
        expect(&["remove", "post_unbind", "resource"]);
        device.unbind();
        expect(&[]);
    })
}

fn of_a_failed_probe() -> Result<(), i32> {
    with_platform(failing_probe, |device| {
        assert_eq!(device.probe_result(), Some(-libc::EIO));
        expect(&["post_unbind", "resource"]);
    })
}

fn none_after_failed_init() -> Result<(), i32> {
    fault::fail_call("drm_dev_init", 1);
    let driver = driver();
    let faux = parent()?;
    // SAFETY: The driver is leaked.
    let result = unsafe {
        (*driver).release = Some(release);
        __drm_dev_alloc(generic(faux), driver, size_of::<drm_device>(), 0)
    };
    assert_eq!(result as isize, -libc::ENOMEM as isize);
    assert!(CALLS
        .lock()
        .expect("nobody panics with the list")
        .is_empty());
    destroy(faux);
    Ok(())
}

fn failed_registration() -> Result<(), i32> {
    for call in ["drm_minor_register", "drm_dev_register"] {
        let faux = parent()?;
        let drm = drm_with(faux, 0).inspect_err(|_| destroy(faux))?;
        fault::fail_call(call, if call == "drm_dev_register" { 1 } else { 2 });
        // SAFETY: The device is alive.
        unsafe {
            assert_eq!(drm_dev_register(drm, 0), -libc::ENOMEM);
            assert!(
                !drm_dev_enter(drm, &mut 0),
                "7.3 marks the device as unplugged"
            );
        }
        assert!(render_nodes().is_empty() && primary_nodes().is_empty());
        put(drm);
        destroy(faux);
    }
    Ok(())
}
