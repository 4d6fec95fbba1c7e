//! Memory that is too small, touched beside, freed wrongly, or not at all.

use std::mem::size_of;

use bindings::*;

use crate::fixture::*;
use crate::Case;

pub const CASES: &[Case] = &[
    (
        "memory/device-of-8-bytes",
        device_of_8_bytes,
        &["allocation-too-small"],
    ),
    (
        "memory/data-behind-device",
        data_behind_device,
        &["allocation-too-small"],
    ),
    ("memory/write-behind", write_behind, &["out-of-bounds"]),
    (
        "memory/write-just-behind",
        write_just_behind,
        &["out-of-bounds"],
    ),
    ("memory/write-before", write_before, &["out-of-bounds"]),
    (
        "memory/read-after-free",
        read_after_free,
        &["use-after-free"],
    ),
    ("memory/get-after-free", get_after_free, &["use-after-free"]),
    ("memory/put-after-free", put_after_free, &["use-after-free"]),
    (
        "memory/device-after-free",
        device_after_free,
        &["use-after-free"],
    ),
    (
        "memory/object-after-free",
        object_after_free,
        &["use-after-free"],
    ),
    (
        "memory/krealloc-after-free",
        krealloc_after_free,
        &["use-after-free"],
    ),
    ("memory/free-twice", free_twice, &["double-free"]),
    (
        "memory/free-inside",
        free_inside,
        &["invalid-free", "memory-leak"],
    ),
    ("memory/free-of-nobody", free_of_nobody, &["invalid-free"]),
    ("memory/never-freed", never_freed, &["memory-leak"]),
    (
        "memory/krealloc-of-nobody",
        krealloc_of_nobody,
        &["invalid-free"],
    ),
    ("memory/null", null, &["wild-access"]),
    (
        "memory/misaligned-lock",
        misaligned_lock,
        &["misaligned-object"],
    ),
    (
        "memory/misaligned-work",
        misaligned_work,
        &["misaligned-object"],
    ),
    (
        "memory/misaligned-object",
        misaligned_object,
        &["misaligned-object"],
    ),
    (
        "memory/misaligned-device",
        misaligned_device,
        &["misaligned-object"],
    ),
    (
        "memory/device-freed-as-memory",
        device_freed_as_memory,
        &["use-after-free", "device-leak"],
    ),
];

fn device_of_8_bytes() -> Result<(), i32> {
    let faux = parent()?;
    // SAFETY: The stub refuses what is too small.
    let result = unsafe { __drm_dev_alloc(generic(faux), driver(), 8, 0) };
    assert_eq!(result as isize, -libc::EINVAL as isize);
    destroy(faux);
    Ok(())
}

fn data_behind_device() -> Result<(), i32> {
    let drm = drm_with(parent()?, 8)?;
    // SAFETY: None: the byte is not ours, and the program ends here.
    unsafe {
        drm.cast::<u8>()
            .add(size_of::<drm_device>() + 8)
            .write_volatile(1)
    };
    Ok(())
}

fn write_behind() -> Result<(), i32> {
    let memory = kzalloc(24)?;
    // SAFETY: As above.
    unsafe { memory.cast::<u8>().add(24).write_volatile(1) };
    Ok(())
}

fn write_just_behind() -> Result<(), i32> {
    let memory = kzalloc(21)?;
    // SAFETY: The byte belongs to the block's page, though not to the block.
    unsafe {
        memory.cast::<u8>().add(21).write_volatile(1);
        kfree(memory);
    }
    Ok(())
}

fn write_before() -> Result<(), i32> {
    let memory = kzalloc(24)?;
    // SAFETY: As above.
    unsafe {
        memory.cast::<u8>().sub(1).write_volatile(1);
        kfree(memory);
    }
    Ok(())
}

fn read_after_free() -> Result<(), i32> {
    let memory = kzalloc(24)?;
    // SAFETY: None: the memory is gone, and the program ends here.
    unsafe {
        kfree(memory);
        memory.cast::<u8>().read_volatile();
    }
    Ok(())
}

fn get_after_free() -> Result<(), i32> {
    let (faux, drm) = registered()?;
    unregister(faux, drm);
    // SAFETY: The stub reports what is gone.
    unsafe { drm_dev_get(drm) };
    Ok(())
}

fn put_after_free() -> Result<(), i32> {
    let (faux, drm) = registered()?;
    unregister(faux, drm);
    put(drm);
    Ok(())
}

fn device_after_free() -> Result<(), i32> {
    let faux = parent()?;
    destroy(faux);
    // SAFETY: The stub reports what is gone.
    unsafe { get_device(generic(faux)) };
    Ok(())
}

fn object_after_free() -> Result<(), i32> {
    let (faux, drm) = registered()?;
    let obj = object(drm)?;
    // SAFETY: The stub reports what is gone.
    unsafe {
        drm_gem_object_put(obj);
        drm_gem_object_put(obj);
    }
    unregister(faux, drm);
    Ok(())
}

fn krealloc_after_free() -> Result<(), i32> {
    let memory = kzalloc(24)?;
    // SAFETY: The stub reports what is gone, and copies nothing.
    unsafe {
        kfree(memory);
        kfree(krealloc_node_align(memory, 48, 8, GFP_KERNEL, NUMA_NO_NODE));
    }
    Ok(())
}

fn krealloc_of_nobody() -> Result<(), i32> {
    let value = Box::new(0u64);
    // SAFETY: The stub reports what is no block, and copies nothing.
    unsafe {
        let old = (&raw const *value).cast();
        kfree(krealloc_node_align(old, 48, 8, GFP_KERNEL, NUMA_NO_NODE));
    }
    Ok(())
}

fn free_twice() -> Result<(), i32> {
    let memory = kzalloc(24)?;
    // SAFETY: The stub reports what is gone.
    unsafe {
        kfree(memory);
        kfree(memory);
    }
    Ok(())
}

fn free_inside() -> Result<(), i32> {
    let memory = kzalloc(24)?;
    // SAFETY: The stub reports what is no block.
    unsafe { kfree(memory.byte_add(8)) };
    Ok(())
}

fn free_of_nobody() -> Result<(), i32> {
    let value = Box::new(0u64);
    // SAFETY: The stub reports what is no block.
    unsafe { kfree((&raw const *value).cast()) };
    Ok(())
}

fn never_freed() -> Result<(), i32> {
    kzalloc(24).map(drop)
}

fn null() -> Result<(), i32> {
    // SAFETY: None: the program ends here.
    unsafe { std::ptr::without_provenance::<u8>(8).read_volatile() };
    Ok(())
}

fn device_freed_as_memory() -> Result<(), i32> {
    let faux = parent()?;
    let drm = drm_with(faux, 0)?;
    // SAFETY: The stub reports that the memory is a device's.
    unsafe { kfree(drm.cast()) };
    destroy(faux);
    Ok(())
}

/// Runs `f` with a place at an odd address.
fn with_odd_place(f: impl FnOnce(*mut u8)) -> Result<(), i32> {
    let memory = kzalloc(512)?;
    f(memory.cast::<u8>().wrapping_add(1));
    // SAFETY: It was allocated above.
    unsafe { kfree(memory) };
    Ok(())
}

fn misaligned_lock() -> Result<(), i32> {
    with_odd_place(|place| {
        let lock: *mut mutex = place.cast();
        // SAFETY: The stub only compares the address of a lock.
        unsafe {
            __mutex_init(lock, c"lock".as_ptr().cast(), std::ptr::null_mut());
            mutex_lock(lock);
            mutex_unlock(lock);
        }
    })
}

fn misaligned_work() -> Result<(), i32> {
    unsafe extern "C" fn run(_: *mut work_struct) {}

    with_odd_place(|place| {
        let (name, key) = (std::ptr::null(), std::ptr::null_mut());
        // SAFETY: The place is large enough, and the stub writes it without aligning.
        unsafe {
            init_work_with_key(place.cast(), Some(run), false, name, key);
            queue_work_on(0, system_wq, place.cast());
            __flush_workqueue(system_wq);
        }
    })
}

fn misaligned_object() -> Result<(), i32> {
    let faux = parent()?;
    let drm = drm_with(faux, 0)?;
    with_odd_place(|place| {
        // SAFETY: The stub refuses to write to the object.
        let result = unsafe { drm_gem_object_init(drm, place.cast(), 4096) };
        assert_eq!(result, -libc::EINVAL);
    })?;
    // SAFETY: It was made above.
    unsafe { drm_dev_put(drm) };
    destroy(faux);
    Ok(())
}

fn misaligned_device() -> Result<(), i32> {
    let faux = parent()?;
    let size = size_of::<drm_device>() + 16;
    // SAFETY: The stub refuses what it cannot write.
    let result = unsafe { __drm_dev_alloc(generic(faux), driver(), size, 4) };
    assert_eq!(result as isize, -libc::EINVAL as isize);
    destroy(faux);
    Ok(())
}
