//! Programs that do everything right, and check what the stub answers. Each is also run with every
//! fallible call failing in turn.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use bindings::*;
use hw_stub::bus::{AuxiliaryDevice, PlatformDevice};
use hw_stub::client::{primary_nodes, render_nodes, Credentials, File, Node};
use hw_stub::Errno;

use crate::fixture::*;
use crate::Case;

pub const CASES: &[Case] = &[
    ("correct/nothing", || Ok(()), &[]),
    ("correct/lifecycle", lifecycle, &[]),
    ("correct/ioctl-errors", || with_device(ioctl_errors), &[]),
    ("correct/permissions", || with_device(permissions), &[]),
    ("correct/masters", || with_device(masters), &[]),
    ("correct/magic-numbers", magic_numbers, &[]),
    ("correct/objects", || with_device(objects), &[]),
    ("correct/offsets", || with_device(offsets), &[]),
    ("correct/threads-across-unplug", threads_across_unplug, &[]),
    ("correct/open-across-unplug", open_across_unplug, &[]),
    ("correct/open-while-unplugging", open_while_unplugging, &[]),
    ("correct/nodes", nodes, &[]),
    (
        "correct/registered-calls",
        || with_device(registered_calls),
        &[],
    ),
    ("correct/auxiliary", auxiliary, &[]),
    ("correct/platform", platform, &[]),
    ("correct/resources", resources, &[]),
    ("correct/registers", registers, &[]),
    ("correct/work", work, &[]),
    ("correct/krealloc", krealloc, &[]),
];

/// What a call answered, unless it was made to fail.
fn answered<T>(result: Result<T, Errno>) -> Result<T, i32> {
    result.map_err(|errno| errno.0)
}

/// Checks that a call failed with this error, and no other but an injected one.
fn failed<T>(result: Result<T, Errno>, errno: i32) -> Result<(), i32> {
    let Err(Errno(got)) = result else {
        panic!("the call succeeded")
    };
    if hw_stub::fault::fired().is_some() && got != errno {
        return Err(got);
    }
    assert_eq!(got, errno);
    Ok(())
}

fn with_device(f: fn(*mut drm_device) -> Result<(), i32>) -> Result<(), i32> {
    let (faux, drm) = registered()?;
    let result = f(drm);
    unregister(faux, drm);
    result
}

fn lifecycle() -> Result<(), i32> {
    with_device(|_| {
        let file = answered(node().open())?;
        let mut number = 21u64;
        answered(file.ioctl(DOUBLE, &mut number))?;
        assert_eq!(number, 42);
        assert_eq!(answered(file.version())?, (1, 2, 0));
        failed(file.read(&mut [0; 8]), libc::EAGAIN)
    })
}

fn ioctl_errors(_: *mut drm_device) -> Result<(), i32> {
    let file = answered(node().open())?;
    failed(file.ioctl_raw(0x1234, 0), libc::ENOTTY)?;
    failed(file.ioctl_raw(0x64 << 8 | 0x3d, 0), libc::EINVAL)?;
    failed(file.ioctl_raw(0x64 << 8 | 0x5f, 0), libc::EINVAL)?;
    failed(file.ioctl_raw(DOUBLE, 0xdead_0000), libc::EFAULT)?;
    failed(file.ioctl(DOUBLE, &mut 1u32), libc::EFAULT)?;
    // A caller that knows a larger argument than the driver gets the rest back as it was.
    let larger = DOUBLE & !(0x3fff << 16) | 16 << 16;
    let mut numbers = [3u64, 5];
    answered(file.ioctl(larger, &mut numbers))?;
    assert_eq!(numbers, [6, 5]);
    // A caller that does not want to read gets nothing back.
    let mut number = 3u64;
    answered(file.ioctl(DOUBLE & !(2 << 30), &mut number))?;
    assert_eq!(number, 3);
    Ok(())
}

fn permissions(_: *mut drm_device) -> Result<(), i32> {
    let user = answered(node().open())?;
    failed(user.ioctl(ROOT_ONLY, &mut 0u32), libc::EACCES)?;
    failed(user.ioctl_raw(AUTH, 0), libc::EACCES)?;
    let root = answered(node().open_as(Credentials { root: true }))?;
    assert_eq!(answered(root.ioctl(ROOT_ONLY, &mut 0u32))?, 7);
    failed(root.ioctl_raw(AUTH, 0), libc::EACCES)?;
    failed(root.get_magic(), libc::EACCES)
}

fn masters(_: *mut drm_device) -> Result<(), i32> {
    let first = answered(Node::primary(0).open())?;
    let second = answered(Node::primary(0).open())?;
    assert_eq!(answered(first.ioctl_raw(AUTH, 0))?, 7);
    failed(second.ioctl_raw(AUTH, 0), libc::EACCES)?;
    let magic = answered(second.get_magic())?;
    assert_eq!(answered(second.get_magic())?, magic);
    failed(second.auth_magic(magic), libc::EACCES)?;
    failed(first.auth_magic(magic + 1), libc::EINVAL)?;
    answered(first.auth_magic(magic))?;
    assert_eq!(answered(second.ioctl_raw(AUTH, 0))?, 7);
    failed(second.set_master(), libc::EACCES)?;
    failed(second.drop_master(), libc::EACCES)?;
    answered(first.drop_master())?;
    failed(first.drop_master(), libc::EINVAL)?;
    let root = answered(Node::primary(0).open_as(Credentials { root: true }))?;
    failed(first.set_master(), libc::EBUSY)?;
    drop(root);
    answered(first.set_master())
}

/// Each master counts from 1, and a number comes back when its client has left.
fn magic_numbers() -> Result<(), i32> {
    for _ in 0..2 {
        with_device(|_| {
            let master = answered(Node::primary(0).open())?;
            let first = answered(Node::primary(0).open())?;
            let second = answered(Node::primary(0).open())?;
            assert_eq!(answered(first.get_magic())?, 1);
            answered(master.auth_magic(1))?;
            failed(master.auth_magic(1), libc::EINVAL)?;
            assert_eq!(answered(first.get_magic())?, 1);
            assert_eq!(answered(second.get_magic())?, 2);
            drop(first);
            assert_eq!(answered(master.get_magic())?, 1);
            answered(master.auth_magic(1))
        })?;
    }
    Ok(())
}

fn objects(drm: *mut drm_device) -> Result<(), i32> {
    let file = answered(node().open())?;
    let mut handle = 0u64;
    answered(file.ioctl(CREATE, &mut handle))?;
    let handle = handle as u32;
    assert_eq!(handle, 1);
    // SAFETY: The file is open, and what is looked up is put.
    unsafe {
        assert!(drm_gem_object_lookup(file.as_raw(), 99).is_null());
        let obj = drm_gem_object_lookup(file.as_raw(), handle);
        assert_eq!((*obj).dev, drm);
        let result = map(&file, obj, handle);
        drm_gem_object_put(obj);
        result?;
    }
    failed(file.gem_close(handle), libc::EINVAL)?;
    answered(file.ioctl(CREATE, &mut u64::from(handle)))?;
    Ok(())
}

/// An object goes where the smallest hole is that it fits in.
fn offsets(_: *mut drm_device) -> Result<(), i32> {
    let file = answered(node().open())?;
    let mut pages = Vec::new();
    for handle in 1..=4 {
        answered(file.ioctl(CREATE, &mut 0u64))?;
        pages.push(first_page(&file, handle)?);
    }
    assert_eq!(pages, [0, 1, 2, 3]);
    for handle in [1, 3] {
        answered(file.gem_close(handle))?;
    }
    for (handle, page) in [(1, 2), (3, 0)] {
        answered(file.ioctl(CREATE, &mut 0u64))?;
        assert_eq!(first_page(&file, handle)?, page);
    }
    Ok(())
}

/// The page at which an object can be mapped, from the first one on.
fn first_page(file: &File, handle: u32) -> Result<u64, i32> {
    // SAFETY: The file is open, and what is looked up is put.
    unsafe {
        let obj = drm_gem_object_lookup(file.as_raw(), handle);
        let result = check(drm_gem_create_mmap_offset(obj));
        let offset = drm_vma_node_offset_addr(&raw mut (*obj).vma_node);
        drm_gem_object_put(obj);
        result.map(|()| (offset - (1 << 32)) / 4096)
    }
}

/// # Safety
///
/// `obj` is alive, and `handle` is a handle of `file` to it.
unsafe fn map(file: &File, obj: *mut drm_gem_object, handle: u32) -> Result<(), i32> {
    // SAFETY: The caller's promise.
    let offset = unsafe {
        assert_eq!(drm_vma_node_offset_addr(&raw mut (*obj).vma_node), 0);
        check(drm_gem_create_mmap_offset(obj))?;
        drm_vma_node_offset_addr(&raw mut (*obj).vma_node)
    };
    assert_eq!(offset, 1 << 32);
    failed(file.mmap(offset + 4096, 4096), libc::EINVAL)?;
    failed(file.mmap(offset, 8192), libc::EINVAL)?;
    let other = answered(node().open())?;
    failed(other.mmap(offset, 4096), libc::EACCES)?;
    let mapping = answered(file.mmap(offset, 4096))?;
    answered(file.gem_close(handle))?;
    drop(mapping);
    Ok(())
}

fn threads_across_unplug() -> Result<(), i32> {
    static STOP: AtomicBool = AtomicBool::new(false);
    let (faux, drm) = registered()?;
    let file = match node().open() {
        Ok(file) => file,
        Err(errno) => {
            unregister(faux, drm);
            return Err(errno.0);
        }
    };
    let count = || {
        let mut calls = 0u64;
        while file.ioctl(DOUBLE, &mut 1u64).is_ok() && !STOP.load(Ordering::Relaxed) {
            calls += 1;
        }
        calls
    };
    thread::scope(|scope| {
        let counters = [scope.spawn(count), scope.spawn(count)];
        thread::sleep(std::time::Duration::from_millis(5));
        // SAFETY: The device is registered.
        unsafe { drm_dev_unplug(drm) };
        for counter in counters {
            counter.join().expect("a counter does not panic");
        }
    });
    failed(file.ioctl(DOUBLE, &mut 1u64), libc::ENODEV)?;
    drop(file);
    put(drm);
    destroy(faux);
    Ok(())
}

fn open_across_unplug() -> Result<(), i32> {
    let (faux, drm) = registered()?;
    let file = node().open();
    unregister(faux, drm);
    let file = answered(file)?;
    failed(file.ioctl(DOUBLE, &mut 1u64), libc::ENODEV)?;
    failed(file.mmap(0, 4096), libc::ENODEV)?;
    failed(node().open(), libc::ENODEV)
}

fn open_while_unplugging() -> Result<(), i32> {
    let (faux, drm) = registered()?;
    let mut idx = 0;
    // SAFETY: The device is registered.
    assert!(unsafe { drm_dev_enter(drm, &mut idx) });
    let address = drm.expose_provenance();
    let unplugging = thread::spawn(move || {
        let drm = std::ptr::with_exposed_provenance_mut(address);
        // SAFETY: The device is registered, and alive until this thread has ended.
        unsafe { drm_dev_unplug(drm) };
    });
    let entered = || {
        let mut idx = 0;
        // SAFETY: The device is alive.
        unsafe { drm_dev_enter(drm, &mut idx).then(|| drm_dev_exit(idx)) }
    };
    while entered().is_some() {
        thread::yield_now();
    }
    // The nodes are there as long as somebody is in a section, but nobody gets in by them.
    assert_eq!(render_nodes(), [node()]);
    let opened = failed(node().open(), libc::ENODEV);
    // SAFETY: The section was entered above.
    unsafe { drm_dev_exit(idx) };
    unplugging.join().expect("unplugging does not panic");
    put(drm);
    destroy(faux);
    opened
}

fn nodes() -> Result<(), i32> {
    assert!(render_nodes().is_empty());
    let first = registered()?;
    let second = registered().inspect_err(|_| unregister(first.0, first.1))?;
    assert_eq!(render_nodes(), [Node::render(0), Node::render(1)]);
    unregister(first.0, first.1);
    assert_eq!(primary_nodes(), [Node::primary(1)]);
    let third = registered().inspect_err(|_| unregister(second.0, second.1))?;
    assert_eq!(primary_nodes(), [Node::primary(0), Node::primary(1)]);
    unregister(second.0, second.1);
    unregister(third.0, third.1);
    Ok(())
}

fn registered_calls(drm: *mut drm_device) -> Result<(), i32> {
    let mut idx = 0;
    // SAFETY: The device is registered, and the section is left.
    unsafe {
        assert!(drm_dev_enter(drm, &mut idx));
        drm_dev_assert_entered(drm);
        drm_sysfs_hotplug_event(drm);
        assert_eq!(drm_dev_wedged_event(drm, 2, std::ptr::null_mut()), 0);
        assert_eq!(
            drm_dev_minor_index(drm, drm_minor_type_DRM_MINOR_RENDER),
            128
        );
        assert_eq!(
            drm_dev_minor_index(drm, drm_minor_type_DRM_MINOR_PRIMARY),
            0
        );
        drm_dev_exit(idx);
    }
    Ok(())
}

unsafe extern "C" fn probe_auxiliary(
    auxdev: *mut auxiliary_device,
    id: *const auxiliary_device_id,
) -> i32 {
    // SAFETY: The core passes the device, and the entry that matched.
    unsafe {
        assert_eq!((*id).driver_data, 17);
        dev_set_drvdata(&raw mut (*auxdev).dev, auxdev.cast());
        -((*auxdev).id as i32)
    }
}

unsafe extern "C" fn remove_auxiliary(auxdev: *mut auxiliary_device) {
    // SAFETY: The device is bound.
    let data = unsafe { dev_get_drvdata(&raw const (*auxdev).dev) };
    assert_eq!(data, auxdev.cast());
}

fn auxiliary() -> Result<(), i32> {
    let mut id: auxiliary_device_id = zeroed();
    id.name[..9].copy_from_slice(b"core.part");
    id.driver_data = 17;
    let table = Box::leak(Box::new([id, zeroed()]));
    let driver = make(|driver: &mut auxiliary_driver| {
        driver.probe = Some(probe_auxiliary);
        driver.remove = Some(remove_auxiliary);
        driver.name = c"part".as_ptr().cast();
        driver.id_table = table.as_ptr();
    });
    let before = AuxiliaryDevice::add("core", "part", 0);
    assert_eq!((before.is_bound(), before.probe_result()), (false, None));
    // SAFETY: The driver is leaked.
    check(unsafe {
        __auxiliary_driver_register(driver, std::ptr::null_mut(), c"test".as_ptr().cast())
    })?;
    assert!(before.is_bound());
    failed(before.bind(), libc::EBUSY)?;
    let other = AuxiliaryDevice::add("core", "other", 0);
    failed(other.bind(), libc::ENODEV)?;
    let failing = AuxiliaryDevice::add("core", "part", 5);
    assert_eq!(
        (failing.is_bound(), failing.probe_result()),
        (false, Some(-5))
    );
    before.unbind();
    // SAFETY: The device is alive.
    assert!(unsafe { dev_get_drvdata(before.as_raw()) }.is_null());
    answered(before.bind())?;
    // SAFETY: The driver is registered.
    unsafe { auxiliary_driver_unregister(driver) };
    assert!(!before.is_bound());
    Ok(())
}

unsafe extern "C" fn probe_platform(pdev: *mut platform_device) -> i32 {
    // SAFETY: The core passes the device.
    unsafe {
        assert!(dev_is_platform(&raw const (*pdev).dev));
        assert_eq!(device_get_match_data(&raw const (*pdev).dev) as usize, 3);
        assert!(platform_get_resource(pdev, IORESOURCE_MEM, 0).is_null());
    }
    0
}

fn platform() -> Result<(), i32> {
    let mut id: of_device_id = zeroed();
    id.compatible[..8].copy_from_slice(b"arm,mali");
    id.data = 3 as *const _;
    let table = Box::leak(Box::new([id, zeroed()]));
    let driver = make(|driver: &mut platform_driver| {
        driver.probe = Some(probe_platform);
        driver.driver.name = c"mali".as_ptr().cast();
        driver.driver.of_match_table = table.as_ptr();
    });
    // SAFETY: The driver is leaked.
    check(unsafe {
        __platform_driver_register(driver, std::ptr::null_mut(), c"test".as_ptr().cast())
    })?;
    let device = PlatformDevice::builder("gpu")
        .compatible("vendor,soc")
        .compatible("arm,mali");
    let device = device.add();
    assert!(device.is_bound());
    // SAFETY: The driver is registered.
    unsafe { platform_driver_unregister(driver) };
    assert!(!device.is_bound());
    Ok(())
}

static ORDER: std::sync::Mutex<Vec<usize>> = std::sync::Mutex::new(Vec::new());

unsafe extern "C" fn note(data: *mut std::ffi::c_void) {
    ORDER.lock().expect("nobody panics").push(data as usize);
}

fn resources() -> Result<(), i32> {
    let faux = parent()?;
    let mut failure = Ok(());
    for number in 1..=3usize {
        // SAFETY: The device is bound.
        let result =
            unsafe { devm_add_action_or_reset(generic(faux), Some(note), number as *mut _) };
        failure = failure.and(check(result));
    }
    destroy(faux);
    failure?;
    assert_eq!(*ORDER.lock().expect("nobody panics"), [3, 2, 1]);
    Ok(())
}

fn registers() -> Result<(), i32> {
    if hw_stub::fault::armed() {
        // The fixture of this program does not cope with failures.
        return Ok(());
    }
    let gpu = crate::hardware::gpu();
    let mapping = crate::hardware::map(&gpu)?;
    // SAFETY: The mapping is ours.
    unsafe {
        assert_eq!(readl(mapping) >> 28, 10, "architecture major");
        writel(0x101, mapping.byte_add(0x30));
        assert_eq!(readl(mapping.byte_add(0x20)), 0);
        let done = (0..10).any(|_| readl(mapping.byte_add(0x20)) & 1 << 8 != 0);
        assert!(done);
        iounmap(mapping);
    }
    Ok(())
}

unsafe extern "C" fn free_itself(work: *mut work_struct) {
    // SAFETY: Nobody touches an item that runs.
    unsafe { kfree(work.cast()) };
}

fn work() -> Result<(), i32> {
    let work: *mut work_struct = kzalloc(size_of::<work_struct>())?.cast();
    let name = c"work".as_ptr().cast();
    // SAFETY: The memory is as large as an item, which frees itself.
    unsafe {
        init_work_with_key(work, Some(free_itself), false, name, std::ptr::null_mut());
        assert!(queue_work_on(0, system_wq, work));
    }
    Ok(())
}

fn krealloc() -> Result<(), i32> {
    let memory = kzalloc(5)?;
    // SAFETY: The memory is ours, and what was asked for is accessed.
    unsafe {
        memory.cast::<u8>().add(4).write(9);
        // What counts is the power of two that divides the size, not what is asked for.
        let larger = krealloc_node_align(memory, 3 * 8192, 64, GFP_KERNEL, NUMA_NO_NODE);
        if larger.is_null() {
            kfree(memory);
            return Err(libc::ENOMEM);
        }
        assert_eq!(larger as usize % 8192, 0);
        assert_eq!(larger.cast::<u8>().add(4).read(), 9);
        larger.cast::<u8>().add(3 * 8192 - 1).write(1);
        let none = krealloc_node_align(larger, 0, 8, GFP_KERNEL, NUMA_NO_NODE);
        kfree(none);
    }
    Ok(())
}
