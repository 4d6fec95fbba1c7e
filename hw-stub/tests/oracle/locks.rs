//! Locks and work items.

use std::time::Duration;

use bindings::*;

use crate::fixture::*;
use crate::Case;

pub const CASES: &[Case] = &[
    (
        "locks/unbind-during-long-probe",
        unbind_during_long_probe,
        &["lock-misuse"],
    ),
    (
        "locks/flush-of-long-work",
        flush_of_long_work,
        &["lock-misuse"],
    ),
    ("locks/unlock-unlocked", unlock_unlocked, &["lock-misuse"]),
    ("locks/unlock-elsewhere", unlock_elsewhere, &["lock-misuse"]),
    ("locks/uninitialised", uninitialised, &["lock-misuse"]),
    ("locks/destroyed-held", destroyed_held, &["lock-misuse"]),
    ("locks/freed-held", freed_held, &["lock-misuse"]),
    ("locks/after-free", after_free, &["use-after-free"]),
    (
        "locks/never-unlocked",
        never_unlocked,
        &["lock-misuse", "lock-misuse"],
    ),
    ("locks/twice", twice, &["self-deadlock"]),
    (
        "locks/unregister-in-probe",
        unregister_in_probe,
        &["self-deadlock"],
    ),
    ("locks/flush-in-work", flush_in_work, &["self-deadlock"]),
    ("locks/work-freed", work_freed, &["work-after-free"]),
    (
        "locks/work-freed-while-running",
        work_freed_while_running,
        &[],
    ),
    (
        "locks/work-unprepared",
        work_unprepared,
        &["unknown-object"],
    ),
    (
        "locks/work-queued-after-free",
        work_queued_after_free,
        &["use-after-free"],
    ),
];

/// Runs `f` with a lock in memory of its own.
fn with_lock(f: impl FnOnce(*mut mutex)) -> Result<(), i32> {
    let lock: *mut mutex = kzalloc(size_of::<mutex>())?.cast();
    // SAFETY: The memory is as large as a lock; the stub reports what `f` does wrong.
    unsafe {
        __mutex_init(lock, c"lock".as_ptr().cast(), std::ptr::null_mut());
        f(lock);
        kfree(lock.cast());
    }
    Ok(())
}

// SAFETY: In all of these: the stub looks the lock up, and reports what is wrong.
fn unlock_unlocked() -> Result<(), i32> {
    // SAFETY: As above.
    with_lock(|lock| unsafe { mutex_unlock(lock) })
}

fn unlock_elsewhere() -> Result<(), i32> {
    with_lock(|lock| {
        // SAFETY: As above.
        unsafe { mutex_lock(lock) };
        let address = lock as usize;
        // SAFETY: As above.
        let unlock =
            move || unsafe { mutex_unlock(std::ptr::with_exposed_provenance_mut(address)) };
        std::thread::spawn(unlock)
            .join()
            .expect("the thread does not panic");
    })
}

fn uninitialised() -> Result<(), i32> {
    let mut lock: mutex = zeroed();
    // SAFETY: As above.
    unsafe { mutex_lock(&mut lock) };
    Ok(())
}

fn destroyed_held() -> Result<(), i32> {
    with_lock(|lock| {
        // SAFETY: As above.
        unsafe {
            mutex_lock(lock);
            mutex_destroy(lock);
        }
    })
}

fn freed_held() -> Result<(), i32> {
    // SAFETY: As above.
    with_lock(|lock| unsafe { mutex_lock(lock) })
}

fn after_free() -> Result<(), i32> {
    let mut freed = std::ptr::null_mut();
    with_lock(|lock| freed = lock)?;
    // SAFETY: As above.
    unsafe { mutex_lock(freed) };
    Ok(())
}

fn never_unlocked() -> Result<(), i32> {
    with_lock(|lock| {
        let address = lock as usize;
        // SAFETY: As above.
        let take = move || unsafe { mutex_lock(std::ptr::with_exposed_provenance_mut(address)) };
        std::thread::spawn(take)
            .join()
            .expect("the thread does not panic");
        // SAFETY: As above.
        unsafe {
            assert_eq!(mutex_trylock(lock), 0);
            mutex_lock(lock);
            mutex_destroy(lock);
        }
    })
}

fn twice() -> Result<(), i32> {
    with_lock(|lock| {
        // SAFETY: As above.
        unsafe {
            mutex_lock(lock);
            mutex_lock(lock);
            mutex_unlock(lock);
        }
    })
}

unsafe extern "C" fn unregister(pdev: *mut platform_device) -> i32 {
    // SAFETY: The device is being probed by its driver, which is the first field's container.
    unsafe {
        let driver = (*pdev).dev.driver;
        let offset = std::mem::offset_of!(platform_driver, driver);
        platform_driver_unregister(driver.byte_sub(offset).cast());
    }
    -libc::ENODEV
}

fn unregister_in_probe() -> Result<(), i32> {
    let driver = make(|driver: &mut platform_driver| {
        driver.driver.name = c"gpu".as_ptr().cast();
        driver.probe = Some(unregister);
    });
    let _device = hw_stub::bus::PlatformDevice::builder("gpu").add();
    // SAFETY: The driver is leaked.
    unsafe { __platform_driver_register(driver, std::ptr::null_mut(), c"gpu".as_ptr().cast()) };
    Ok(())
}

fn with_work(func: unsafe extern "C" fn(*mut work_struct)) -> Result<*mut work_struct, i32> {
    let work: *mut work_struct = kzalloc(size_of::<work_struct>())?.cast();
    let name = c"work".as_ptr().cast();
    // SAFETY: The memory is as large as a work item.
    unsafe { init_work_with_key(work, Some(func), false, name, std::ptr::null_mut()) };
    Ok(work)
}

unsafe extern "C" fn flush(_: *mut work_struct) {
    // SAFETY: There is one queue.
    unsafe { __flush_workqueue(system_wq) };
}

unsafe extern "C" fn sleep(_: *mut work_struct) {
    std::thread::sleep(Duration::from_millis(50));
}

fn queue(work: *mut work_struct) -> bool {
    // SAFETY: The stub looks the item up.
    unsafe { queue_work_on(wq_misc_consts_WORK_CPU_UNBOUND, system_wq, work) }
}

fn flush_in_work() -> Result<(), i32> {
    let work = with_work(flush)?;
    assert!(queue(work));
    // SAFETY: The item has run when this returns.
    unsafe {
        __flush_workqueue(system_wq);
        kfree(work.cast());
    }
    Ok(())
}

fn work_freed() -> Result<(), i32> {
    let first = with_work(sleep)?;
    let second = with_work(sleep)?;
    assert!(queue(first) && queue(second));
    // SAFETY: The stub takes the second item off the queue, and reports it; the first has run when
    // the queue is empty.
    unsafe {
        kfree(second.cast());
        __flush_workqueue(system_wq);
        kfree(first.cast());
    }
    Ok(())
}

/// Where the function of a work item and the thread that frees it meet, twice.
static MEETING: std::sync::Barrier = std::sync::Barrier::new(2);

unsafe extern "C" fn meet(_: *mut work_struct) {
    MEETING.wait();
    MEETING.wait();
}

/// The kernel does not touch an item once its function was called.
fn work_freed_while_running() -> Result<(), i32> {
    let work = with_work(meet)?;
    assert!(queue(work));
    MEETING.wait();
    // SAFETY: The function is running, and does not use the item.
    unsafe { kfree(work.cast()) };
    MEETING.wait();
    Ok(())
}

fn work_unprepared() -> Result<(), i32> {
    assert!(!queue(make(|_| {})));
    Ok(())
}

fn work_queued_after_free() -> Result<(), i32> {
    let work = with_work(sleep)?;
    // SAFETY: The stub looks the item up.
    unsafe { kfree(work.cast()) };
    assert!(!queue(work));
    Ok(())
}

unsafe extern "C" fn probe_slowly(_: *mut platform_device) -> i32 {
    std::thread::sleep(LONG);
    0
}

/// Longer than the stub waits in these tests.
const LONG: Duration = Duration::from_millis(400);

fn unbind_during_long_probe() -> Result<(), i32> {
    let driver = make(|driver: &mut platform_driver| {
        driver.driver.name = c"gpu".as_ptr().cast();
        driver.probe = Some(probe_slowly);
    });
    let device = hw_stub::bus::PlatformDevice::builder("gpu").add();
    std::thread::scope(|scope| {
        scope.spawn(|| {
            std::thread::sleep(LONG / 4);
            device.unbind();
        });
        let name = c"gpu".as_ptr().cast();
        // SAFETY: The driver is leaked.
        unsafe { __platform_driver_register(driver, std::ptr::null_mut(), name) };
    });
    // SAFETY: The driver is registered.
    unsafe { platform_driver_unregister(driver) };
    Ok(())
}

unsafe extern "C" fn sleep_long(_: *mut work_struct) {
    std::thread::sleep(LONG);
}

fn flush_of_long_work() -> Result<(), i32> {
    let work = with_work(sleep_long)?;
    assert!(queue(work));
    // SAFETY: There is one queue; the item has run when its memory is freed.
    unsafe {
        __flush_workqueue(system_wq);
        std::thread::sleep(LONG);
        kfree(work.cast());
    }
    Ok(())
}
