//! Sections that are left wrongly or never, and unplugging that waits for them.

use bindings::*;

use crate::fixture::*;
use crate::Case;

pub const CASES: &[Case] = &[
    ("sections/left-twice", left_twice, &["enter-exit-imbalance"]),
    (
        "sections/never-entered",
        never_entered,
        &["enter-exit-imbalance"],
    ),
    (
        "sections/refused-but-left",
        refused_but_left,
        &["enter-exit-imbalance"],
    ),
    ("sections/never-left", never_left, &["enter-exit-imbalance"]),
    (
        "sections/left-elsewhere",
        left_elsewhere,
        &["exit-on-wrong-thread"],
    ),
    (
        "sections/unplug-inside",
        unplug_inside,
        &["unplug-inside-section"],
    ),
    (
        "sections/unplug-in-ioctl",
        unplug_in_ioctl,
        &["ioctl-after-unplug"],
    ),
    (
        "sections/waits-forever",
        waits_forever,
        &["unplug-waits-forever", "enter-exit-imbalance"],
    ),
];

fn enter(drm: *mut drm_device) -> i32 {
    let mut idx = 0;
    // SAFETY: The device is alive.
    assert!(unsafe { drm_dev_enter(drm, &mut idx) });
    idx
}

fn exit(idx: i32) {
    // SAFETY: The stub reports what is wrong.
    unsafe { drm_dev_exit(idx) };
}

fn left_twice() -> Result<(), i32> {
    let (faux, drm) = registered()?;
    let idx = enter(drm);
    exit(idx);
    exit(idx);
    unregister(faux, drm);
    Ok(())
}

fn never_entered() -> Result<(), i32> {
    exit(0);
    Ok(())
}

fn refused_but_left() -> Result<(), i32> {
    let (faux, drm) = registered()?;
    let mut idx = 0;
    // SAFETY: The device is alive.
    unsafe {
        drm_dev_unplug(drm);
        assert!(!drm_dev_enter(drm, &mut idx));
    }
    exit(idx);
    put(drm);
    destroy(faux);
    Ok(())
}

fn never_left() -> Result<(), i32> {
    let faux = parent()?;
    let drm = drm_with(faux, 0)?;
    enter(drm);
    put(drm);
    destroy(faux);
    Ok(())
}

fn left_elsewhere() -> Result<(), i32> {
    let (faux, drm) = registered()?;
    let idx = enter(drm);
    std::thread::spawn(move || exit(idx))
        .join()
        .expect("the thread does not panic");
    unregister(faux, drm);
    Ok(())
}

fn unplug_inside() -> Result<(), i32> {
    let (faux, drm) = registered()?;
    let idx = enter(drm);
    // SAFETY: The device is registered; the stub does not wait.
    unsafe { drm_dev_unplug(drm) };
    exit(idx);
    put(drm);
    destroy(faux);
    Ok(())
}

fn unplug_in_ioctl() -> Result<(), i32> {
    let (faux, drm) = registered()?;
    let file = node().open().map_err(|errno| errno.0)?;
    file.ioctl_raw(UNPLUG, 0).map_err(|errno| errno.0)?;
    drop(file);
    put(drm);
    destroy(faux);
    Ok(())
}

fn waits_forever() -> Result<(), i32> {
    let (faux, drm) = registered()?;
    let address = drm as usize;
    let enter = move || enter(std::ptr::with_exposed_provenance_mut(address));
    std::thread::spawn(enter)
        .join()
        .expect("the thread does not panic");
    unregister(faux, drm);
    Ok(())
}
