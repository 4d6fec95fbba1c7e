//! Open DRM files (`drivers/gpu/drm/drm_file.c`).

use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicI32, Ordering};
use std::sync::Mutex;

use bindings::{drm_device, drm_file, drm_minor, file, inode, poll_table_struct};

use super::{auth, device, handle, minor, report_stranger};
use crate::abi::{key, same_abi};
use crate::arena::{self, Fill, Purpose};
use crate::errno::outcome;
use crate::oracle::{report, report_leak, Kind, Seq};
use crate::sync::lock;
use crate::{client, fault, mm, names};

/// The state of an open file that the C structure does not hold.
pub(crate) struct State {
    /// GEM objects by handle; none while a handle is being made or deleted.
    pub(crate) handles: BTreeMap<u32, Option<usize>>,
    pub(crate) master: Option<u64>,
    pub(crate) magic: Option<u32>,
    pub(crate) opened: Seq,
}

static FILES: Mutex<Option<HashMap<usize, State>>> = Mutex::new(None);

same_abi!(drm_open: fn(*mut inode, *mut file) -> i32);
same_abi!(drm_release: fn(*mut inode, *mut file) -> i32);
same_abi!(drm_read: fn(*mut file, *mut u8, usize, *mut i64) -> isize);
same_abi!(drm_poll: fn(*mut file, *mut poll_table_struct) -> u32);
same_abi!(noop_llseek: fn(*mut file, i64, i32) -> i64);

/// `drivers/gpu/drm/drm_file.c: drm_open`: the file holds a reference to the device.
///
/// # Safety
///
/// `inode` and `filp` are those of a file that is being opened.
#[no_mangle]
pub(crate) unsafe extern "C" fn drm_open(inode: *mut inode, filp: *mut file) -> i32 {
    // SAFETY: The caller's promise.
    let index = unsafe { (*inode).i_rdev } & 0xf_ffff;
    let minor = match minor::acquire("drm_open", index) {
        Ok(minor) => minor,
        Err(error) => return error,
    };
    // SAFETY: A minor that was acquired has its device.
    let dev = unsafe { (*minor).dev };
    open_count(dev).fetch_add(1, Ordering::Relaxed);
    // SAFETY: The caller's promise.
    let result = unsafe { open_helper(filp, minor, dev) };
    if result != 0 {
        open_count(dev).fetch_sub(1, Ordering::Relaxed);
        device::put("drm_minor_release", dev);
    }
    result
}

/// `drivers/gpu/drm/drm_file.c: drm_release`.
///
/// # Safety
///
/// `filp` was opened by `drm_open` and is not released yet.
#[no_mangle]
pub(crate) unsafe extern "C" fn drm_release(_inode: *mut inode, filp: *mut file) -> i32 {
    // SAFETY: The caller's promise: `drm_open` put a `drm_file` there.
    let priv_: *mut drm_file = unsafe { (*filp).private_data }.cast();
    // SAFETY: As above; the minor lives as long as the device, to which the file holds a reference.
    let dev = unsafe { (*(*priv_).minor).dev };
    event!("close {}", names::of(key(priv_)));
    free(dev, priv_);
    open_count(dev).fetch_sub(1, Ordering::Relaxed);
    device::put("drm_minor_release", dev);
    0
}

/// `drivers/gpu/drm/drm_file.c: drm_read`: no driver of ours sends events, so there is none to read.
///
/// # Safety
///
/// None.
#[no_mangle]
pub(crate) unsafe extern "C" fn drm_read(
    _filp: *mut file,
    _buffer: *mut u8,
    _count: usize,
    _offset: *mut i64,
) -> isize {
    -(libc::EAGAIN as isize)
}

/// `drivers/gpu/drm/drm_file.c: drm_poll`: as [`drm_read`].
///
/// # Safety
///
/// None.
#[no_mangle]
pub(crate) unsafe extern "C" fn drm_poll(_filp: *mut file, _wait: *mut poll_table_struct) -> u32 {
    0
}

/// `fs/read_write.c: noop_llseek`.
///
/// # Safety
///
/// None.
#[no_mangle]
pub(crate) unsafe extern "C" fn noop_llseek(_file: *mut file, _offset: i64, _whence: i32) -> i64 {
    0
}

/// Runs `f` on the state of an open file; reports one that is gone or never was.
pub(crate) fn with<R>(
    call: &str,
    file: *const drm_file,
    f: impl FnOnce(&mut State) -> R,
) -> Option<R> {
    let found = lock(&FILES)
        .get_or_insert_default()
        .get_mut(&key(file))
        .map(f);
    if found.is_none() {
        report_stranger(call, key(file), "no open file");
    }
    found
}

/// `include/drm/drm_file.h: drm_is_render_client`.
pub(super) fn is_render_client(file: *const drm_file) -> bool {
    // SAFETY: Callers found the file in the table; the minor lives as long as its device.
    let type_ = unsafe { (*(*file).minor).type_ };
    type_ as u32 == minor::Kind::Render.type_()
}

/// Reports files that are open still.
pub(crate) fn check_at_end() {
    let files = std::mem::take(lock(&FILES).get_or_insert_default());
    for (file, state) in files {
        let message = format!("{} was never closed", names::of(file));
        report_leak(Kind::FileLeak, message, state.opened);
    }
}

/// `drivers/gpu/drm/drm_file.c: drm_open_helper`.
///
/// # Safety
///
/// As for `drm_open`; `minor` was acquired, and belongs to `dev`.
unsafe fn open_helper(filp: *mut file, minor: *mut drm_minor, dev: *mut drm_device) -> i32 {
    // SAFETY: The caller's promise.
    let (f_flags, fop_flags) = unsafe { ((*filp).f_flags, (*(*filp).f_op).fop_flags) };
    if f_flags & libc::O_EXCL as u32 != 0 {
        return -libc::EBUSY;
    }
    if fop_flags & bindings::FOP_UNSIGNED_OFFSET == 0 {
        let now = event!("drm_open({})", names::of(key(dev)));
        let message = "file operations of DRM must have FOP_UNSIGNED_OFFSET";
        report(Kind::BadArgument, message, None, now);
        return -libc::EINVAL;
    }
    // SAFETY: The caller's promise.
    let priv_ = match unsafe { alloc(minor, dev) } {
        Ok(priv_) => priv_,
        Err(error) => return error,
    };
    if !is_render_client(priv_) {
        let result = auth::open(dev, priv_);
        if result != 0 {
            // The driver has opened the file, so it is told that it is closed.
            free(dev, priv_);
            return result;
        }
    }
    // SAFETY: The caller's promise; the file was just allocated.
    unsafe {
        (*filp).private_data = priv_.cast();
        (*priv_).filp = filp;
    }
    0
}

/// `drivers/gpu/drm/drm_file.c: drm_file_alloc`.
///
/// # Safety
///
/// `minor` was acquired, and belongs to `dev`.
unsafe fn alloc(minor: *mut drm_minor, dev: *mut drm_device) -> Result<*mut drm_file, i32> {
    if fault::fails("drm_file_alloc") {
        return Err(-libc::ENOMEM);
    }
    let size = std::mem::size_of::<drm_file>();
    let memory = arena::alloc(size, 8, Purpose::Core, "an open file", Fill::Zero);
    let priv_: *mut drm_file = memory.cast();
    // SAFETY: The memory is as large as a file.
    unsafe {
        (*priv_).minor = minor;
        (*priv_).authenticated = client::credentials().root;
    }
    let name = names::number("file", key(priv_));
    let opened = event!("open {name} of {}", names::of(key(dev)));
    let state = State {
        handles: BTreeMap::new(),
        master: None,
        magic: None,
        opened,
    };
    lock(&FILES)
        .get_or_insert_default()
        .insert(key(priv_), state);
    // SAFETY: The driver outlives its device, and this is where the core calls it.
    let result = unsafe { (*(*dev).driver).open.map_or(0, |open| open(dev, priv_)) };
    if result < 0 {
        event!("open {name} = {}", outcome(result.into()));
        handle::release_all(priv_);
        forget(priv_);
        return Err(result);
    }
    Ok(priv_)
}

/// `drivers/gpu/drm/drm_file.c: drm_file_free`: handles, then master, then the driver's postclose.
fn free(dev: *mut drm_device, priv_: *mut drm_file) {
    handle::release_all(priv_);
    if !is_render_client(priv_) {
        auth::release(dev, priv_);
    }
    // SAFETY: The driver outlives its device, and this is where the core calls it.
    unsafe {
        if let Some(postclose) = (*(*dev).driver).postclose {
            postclose(dev, priv_);
        }
    }
    forget(priv_);
}

fn forget(priv_: *mut drm_file) {
    lock(&FILES).get_or_insert_default().remove(&key(priv_));
    mm::free("drm_file_free", key(priv_));
}

fn open_count(dev: *mut drm_device) -> &'static AtomicI32 {
    // SAFETY: Callers hold a reference to the device; all access to the counter is atomic.
    unsafe { AtomicI32::from_ptr(&raw mut (*dev).open_count.counter) }
}
