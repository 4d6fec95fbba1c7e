//! Dispatch of ioctls (`drivers/gpu/drm/drm_ioctl.c`).
//!
//! The argument lies in memory of exactly its size, so that a handler which takes more than it was
//! declared with is noticed.

use std::cell::RefCell;
use std::ffi::c_void;

use bindings::{drm_device, drm_file, drm_ioctl_desc, drm_ioctl_t, file};

use super::{auth, core_ioctl, device, file as open_file, user};
use crate::abi::{key, same_abi, text};
use crate::arena::{self, Fill, Purpose};
use crate::errno::outcome;
use crate::oracle::{report, Kind};
use crate::{client, fault, mm, names};

/// `include/uapi/drm/drm.h: DRM_IOCTL_BASE`.
pub(crate) const BASE: u32 = b'd' as u32;
const COMMAND_BASE: u32 = 0x40;
const COMMAND_END: u32 = 0xa0;
/// Arguments up to this size are on the kernel's stack, and cannot fail to be allocated.
const STACK_SIZE: usize = 128;
const IOC_IN: u32 = 0x4000_0000;
const IOC_OUT: u32 = 0x8000_0000;

same_abi!(drm_ioctl: fn(*mut file, u32, usize) -> isize);
#[cfg(not(kernel_tree))]
same_abi!(drm_compat_ioctl: fn(*mut file, u32, usize) -> isize);

thread_local! {
    /// Ioctls of drivers that run on this thread: the device, and whether a section was entered.
    static RUNNING: RefCell<Vec<(usize, bool)>> = const { RefCell::new(Vec::new()) };
}

/// `drivers/gpu/drm/drm_ioctl.c: drm_ioctl`.
///
/// # Safety
///
/// `filp` was opened by `drm_open` and is not being released.
#[no_mangle]
pub(crate) unsafe extern "C" fn drm_ioctl(filp: *mut file, cmd: u32, arg: usize) -> isize {
    // SAFETY: The caller's promise.
    let file: *mut drm_file = unsafe { (*filp).private_data }.cast();
    // SAFETY: As above; the minor lives as long as the device, to which the file holds a reference.
    let dev = unsafe { (*(*file).minor).dev };
    let result = if device::is_unplugged(dev) {
        -libc::ENODEV
    } else {
        // SAFETY: The file is open, and `dev` is its device.
        unsafe { dispatch(dev, file, cmd, arg) }
    };
    let name = names::of(key(file));
    event!(
        "ioctl {:#04x} of {name} = {}",
        cmd & 0xff,
        outcome(result.into())
    );
    result as isize
}

/// `drivers/gpu/drm/drm_ioc32.c: drm_compat_ioctl`: all our clients are 64-bit.
///
/// # Safety
///
/// As for `drm_ioctl`.
#[no_mangle]
pub(crate) unsafe extern "C" fn drm_compat_ioctl(filp: *mut file, cmd: u32, arg: usize) -> isize {
    // SAFETY: The caller's promise.
    unsafe { drm_ioctl(filp, cmd, arg) }
}

/// The running thread entered a section of a device: what it does next is protected.
pub(super) fn section_entered(dev: usize) {
    RUNNING.with_borrow_mut(|running| {
        for ioctl in running.iter_mut().filter(|ioctl| ioctl.0 == dev) {
            ioctl.1 = true;
        }
    });
}

/// # Safety
///
/// `file` is an open file of `dev`.
unsafe fn dispatch(dev: *mut drm_device, file: *mut drm_file, cmd: u32, arg: usize) -> i32 {
    if (cmd >> 8) & 0xff != BASE {
        return -libc::ENOTTY;
    }
    // SAFETY: The caller's promise.
    let Some(ioctl) = (unsafe { find(dev, cmd & 0xff) }) else {
        return -libc::EINVAL;
    };
    let Some(func) = ioctl.func else {
        return -libc::EINVAL;
    };
    let size = |cmd: u32| (cmd >> 16) as usize & 0x3fff;
    let in_size = if cmd & ioctl.cmd & IOC_IN != 0 {
        size(cmd)
    } else {
        0
    };
    let out_size = if cmd & ioctl.cmd & IOC_OUT != 0 {
        size(cmd)
    } else {
        0
    };
    let ksize = in_size.max(out_size).max(size(ioctl.cmd));
    let Some(data) = Argument::new(ksize) else {
        return -libc::ENOMEM;
    };
    if !user::copy_from(&mut data.bytes()[..in_size], arg) {
        return -libc::EFAULT;
    }
    // SAFETY: The caller's promise; `data` has the size of the ioctl.
    let result = unsafe { run(dev, file, &ioctl, func, &data) };
    if !user::copy_to(arg, &data.bytes()[..out_size]) {
        return -libc::EFAULT;
    }
    result
}

/// The entry of the driver's or the core's table.
///
/// # Safety
///
/// `dev` is a DRM device.
unsafe fn find(dev: *mut drm_device, number: u32) -> Option<drm_ioctl_desc> {
    if !(COMMAND_BASE..COMMAND_END).contains(&number) {
        return core_ioctl::find(number);
    }
    let index = number - COMMAND_BASE;
    // SAFETY: The driver outlives its device, and its table has `num_ioctls` entries.
    unsafe {
        let driver = (*dev).driver;
        let known = index < (*driver).num_ioctls as u32;
        known.then(|| (*driver).ioctls.add(index as usize).read())
    }
}

type Handler =
    unsafe extern "C" fn(dev: *mut drm_device, data: *mut c_void, file: *mut drm_file) -> i32;
const _: fn(Handler) -> drm_ioctl_t = Some;

/// `drivers/gpu/drm/drm_ioctl.c: drm_ioctl_kernel`.
///
/// # Safety
///
/// `func` is the handler of `ioctl`, whose argument `data` is; `file` is an open file of `dev`.
unsafe fn run(
    dev: *mut drm_device,
    file: *mut drm_file,
    ioctl: &drm_ioctl_desc,
    func: Handler,
    data: &Argument,
) -> i32 {
    if device::is_unplugged(dev) {
        return -libc::ENODEV;
    }
    let denied = permit(ioctl.flags, dev, file);
    if denied != 0 {
        return denied;
    }
    let is_driver = (COMMAND_BASE..COMMAND_END).contains(&(ioctl.cmd & 0xff));
    if !is_driver {
        // SAFETY: The caller's promise.
        return unsafe { func(dev, data.0.cast(), file) };
    }
    // SAFETY: Names in a driver's table are null-terminated.
    let name = unsafe { text(ioctl.name) };
    event!("ioctl {name} of {} begins", names::of(key(file)));
    RUNNING.with_borrow_mut(|running| running.push((key(dev), false)));
    // SAFETY: The caller's promise.
    let result = unsafe { func(dev, data.0.cast(), file) };
    let entered = RUNNING.with_borrow_mut(|running| running.pop());
    if result >= 0 && entered == Some((key(dev), false)) {
        check_unprotected(dev, &name);
    }
    result
}

/// A handler that succeeded without a section must not have met an unplugged device.
fn check_unprotected(dev: *mut drm_device, name: &str) {
    if !device::is_unplugged(dev) {
        return;
    }
    let unplugged = device::silently(dev, |state| state.changed);
    let now = event!("ioctl {name} has succeeded");
    let device = names::of(key(dev));
    let message = format!("ioctl {name} succeeded on {device}, which is unplugged");
    report(Kind::IoctlAfterUnplug, message, unplugged, now);
}

/// `drivers/gpu/drm/drm_ioctl.c: drm_ioctl_permit`.
fn permit(flags: u32, dev: *mut drm_device, file: *mut drm_file) -> i32 {
    let needs = |flag: u32| flags & flag != 0;
    let render = open_file::is_render_client(file);
    // SAFETY: The file is open.
    let authenticated = unsafe { (*file).authenticated };
    let denied = needs(bindings::drm_ioctl_flags_DRM_ROOT_ONLY) && !client::credentials().root
        || needs(bindings::drm_ioctl_flags_DRM_AUTH) && !render && !authenticated
        || needs(bindings::drm_ioctl_flags_DRM_MASTER) && !auth::is_current_master(dev, file)
        || !needs(bindings::drm_ioctl_flags_DRM_RENDER_ALLOW) && render;
    if denied {
        -libc::EACCES
    } else {
        0
    }
}

/// The kernel's copy of an ioctl's argument, zeroed.
struct Argument(*mut u8, usize);

impl Argument {
    fn new(size: usize) -> Option<Self> {
        if size > STACK_SIZE && fault::fails("drm_ioctl") {
            return None;
        }
        let name = "the argument of an ioctl";
        Some(Self(
            arena::alloc(size, 8, Purpose::Core, name, Fill::Zero),
            size,
        ))
    }

    /// Only between the handler's calls: no other reference to the bytes exists.
    #[expect(
        clippy::mut_from_ref,
        reason = "the bytes are behind a pointer, and used in turn"
    )]
    fn bytes(&self) -> &mut [u8] {
        // SAFETY: The allocation has this size. Each caller is done with the slice before the next
        // one, and before the handler gets the pointer.
        unsafe { std::slice::from_raw_parts_mut(self.0, self.1) }
    }
}

impl Drop for Argument {
    fn drop(&mut self) {
        mm::free("drm_ioctl", key(self.0));
    }
}
