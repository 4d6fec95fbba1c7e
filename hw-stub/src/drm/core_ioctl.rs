//! The few ioctls of the DRM core itself that clients need (`drivers/gpu/drm/drm_ioctl.c`). To the
//! stub all others are unknown, also where the core has one that refuses.

use std::ffi::c_void;

use bindings::{drm_device, drm_file, drm_ioctl_desc};

use super::{auth, handle};
use crate::abi::zeroed;

/// `_IOWR('d', 0x00, struct drm_version)`, with the numbers only: no strings are copied.
pub(crate) const VERSION: u32 = ioc(3, 0x00, 64);
/// `_IOR('d', 0x02, struct drm_auth)`.
pub(crate) const GET_MAGIC: u32 = ioc(2, 0x02, 4);
/// `_IOW('d', 0x09, struct drm_gem_close)`.
pub(crate) const GEM_CLOSE: u32 = ioc(1, 0x09, 8);
/// `_IOW('d', 0x11, struct drm_auth)`.
pub(crate) const AUTH_MAGIC: u32 = ioc(1, 0x11, 4);
/// `_IO('d', 0x1e)`.
pub(crate) const SET_MASTER: u32 = ioc(0, 0x1e, 0);
/// `_IO('d', 0x1f)`.
pub(crate) const DROP_MASTER: u32 = ioc(0, 0x1f, 0);
/// `_IOWR('d', 0xb2, struct drm_mode_create_dumb)`.
#[cfg(kernel_tree)]
const CREATE_DUMB: u32 = ioc(3, 0xb2, 32);

const fn ioc(direction: u32, number: u32, size: u32) -> u32 {
    direction << 30 | size << 16 | super::ioctl::BASE << 8 | number
}

/// The core's entry for a number.
pub(super) fn find(number: u32) -> Option<drm_ioctl_desc> {
    const RENDER_ALLOW: u32 = bindings::drm_ioctl_flags_DRM_RENDER_ALLOW;
    const MASTER: u32 = bindings::drm_ioctl_flags_DRM_MASTER;
    type Func = unsafe extern "C" fn(*mut drm_device, *mut c_void, *mut drm_file) -> i32;
    let table: &[(u32, Func, u32)] = &[
        (VERSION, version, RENDER_ALLOW),
        (GET_MAGIC, get_magic, 0),
        (GEM_CLOSE, gem_close, RENDER_ALLOW),
        (AUTH_MAGIC, auth_magic, MASTER),
        (SET_MASTER, set_master, 0),
        (DROP_MASTER, drop_master, 0),
        #[cfg(kernel_tree)]
        (CREATE_DUMB, crate::tree::dumb::create_dumb, 0),
    ];
    let (cmd, func, flags) = table
        .iter()
        .copied()
        .find(|(cmd, ..)| cmd & 0xff == number)?;
    // SAFETY: All-zero bytes are an entry of the table: integers, a pointer, no function.
    let mut entry: drm_ioctl_desc = unsafe { zeroed() };
    entry.cmd = cmd;
    entry.func = Some(func);
    entry.flags = flags;
    Some(entry)
}

/// `drm_version`.
///
/// # Safety
///
/// As for every handler: `data` has the size of the ioctl, `file` is an open file of `dev`.
unsafe extern "C" fn version(dev: *mut drm_device, data: *mut c_void, _: *mut drm_file) -> i32 {
    // SAFETY: The argument begins with three `int`s; the driver outlives its device.
    unsafe {
        let driver = (*dev).driver;
        let numbers = [(*driver).major, (*driver).minor, (*driver).patchlevel];
        data.cast::<[i32; 3]>().write(numbers);
    }
    0
}

/// `drm_getmagic`.
///
/// # Safety
///
/// As for `version`.
unsafe extern "C" fn get_magic(_: *mut drm_device, data: *mut c_void, file: *mut drm_file) -> i32 {
    // SAFETY: The argument is a number.
    unsafe { data.cast::<u32>().write(auth::get_magic(file)) };
    0
}

/// `drm_authmagic`.
///
/// # Safety
///
/// As for `version`.
unsafe extern "C" fn auth_magic(_: *mut drm_device, data: *mut c_void, file: *mut drm_file) -> i32 {
    // SAFETY: The argument is a number.
    auth::auth_magic(file, unsafe { data.cast::<u32>().read() })
}

/// `drm_setmaster_ioctl`.
///
/// # Safety
///
/// As for `version`.
unsafe extern "C" fn set_master(dev: *mut drm_device, _: *mut c_void, file: *mut drm_file) -> i32 {
    auth::set_master(dev, file)
}

/// `drm_dropmaster_ioctl`.
///
/// # Safety
///
/// As for `version`.
unsafe extern "C" fn drop_master(dev: *mut drm_device, _: *mut c_void, file: *mut drm_file) -> i32 {
    auth::drop_master_ioctl(dev, file)
}

/// `drm_gem_close_ioctl`.
///
/// # Safety
///
/// As for `version`.
unsafe extern "C" fn gem_close(
    dev: *mut drm_device,
    data: *mut c_void,
    file: *mut drm_file,
) -> i32 {
    if !super::device::has_feature(dev, bindings::drm_driver_feature_DRIVER_GEM) {
        return -libc::EOPNOTSUPP;
    }
    // SAFETY: The argument begins with the handle.
    handle::delete(file, unsafe { data.cast::<u32>().read() })
}
