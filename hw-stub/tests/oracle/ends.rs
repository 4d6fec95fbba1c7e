//! Programs that do not end as they should.

use bindings::*;

use crate::fixture::*;
use crate::Case;

pub const CASES: &[Case] = &[
    ("ends/panic", panic, &["panic"]),
    ("ends/panic-in-callback", panic_in_callback, &["panic"]),
    ("ends/abort", abort, &["abort"]),
    ("ends/hang", hang, &["timeout"]),
    ("ends/thread-left", thread_left, &["thread-left"]),
    ("ends/thread-that-ends", thread_that_ends, &[]),
    (
        "ends/bad-file-operations",
        bad_file_operations,
        &["bad-argument"],
    ),
];

fn panic() -> Result<(), i32> {
    panic!("by intent")
}

unsafe extern "C" fn panicking(_: *mut faux_device) -> i32 {
    panic!("across C")
}

fn panic_in_callback() -> Result<(), i32> {
    let ops = make(|ops: &mut faux_device_ops| ops.probe = Some(panicking));
    // SAFETY: The name is a literal, and the operations are leaked.
    unsafe { faux_device_create(c"parent".as_ptr().cast(), std::ptr::null_mut(), ops) };
    Ok(())
}

fn abort() -> Result<(), i32> {
    std::process::abort()
}

fn hang() -> Result<(), i32> {
    loop {
        std::thread::park();
    }
}

/// The registration that it holds is no leak yet.
fn thread_left() -> Result<(), i32> {
    let (faux, drm) = registered()?;
    let (faux, drm) = (faux as usize, drm as usize);
    std::thread::spawn(move || {
        std::thread::sleep(std::time::Duration::from_secs(60));
        unregister(
            std::ptr::with_exposed_provenance_mut(faux),
            std::ptr::with_exposed_provenance_mut(drm),
        );
    });
    Ok(())
}

/// Nobody waits for it, but it is soon gone.
fn thread_that_ends() -> Result<(), i32> {
    std::thread::spawn(|| std::thread::sleep(std::time::Duration::from_millis(10)));
    Ok(())
}

fn bad_file_operations() -> Result<(), i32> {
    let (faux, drm) = registered()?;
    // SAFETY: The fixture's operations are leaked, and nobody else uses them.
    unsafe { (*(*(*drm).driver).fops.cast_mut()).fop_flags = 0 };
    let error = node().open().map(drop).map_err(|errno| errno.0);
    assert_eq!(error, Err(libc::EINVAL));
    unregister(faux, drm);
    Ok(())
}
