//! Registering, withdrawing and unplugging DRM devices, and the sections that unplugging waits for
//! (`drivers/gpu/drm/drm_drv.c`).

use std::sync::atomic::Ordering;

use bindings::drm_device;

use super::device::{self, registered_flag, silently, unplugged};
use super::minor::{self, Kind as Node};
use super::phase::Phase;
use super::{ioctl, mmap};
use crate::abi::{key, same_abi};
use crate::base::parent::require_bound;
use crate::errno::outcome;
use crate::oracle::{report, Kind, Seq};
use crate::{client, fault, names, srcu};

same_abi!(drm_dev_register: fn(*mut drm_device, usize) -> i32);
same_abi!(drm_dev_unregister: fn(*mut drm_device));
same_abi!(drm_dev_unplug: fn(*mut drm_device));
same_abi!(drm_dev_enter: fn(*mut drm_device, *mut i32) -> bool);
same_abi!(drm_dev_exit: fn(i32));

/// `drivers/gpu/drm/drm_drv.c: drm_dev_register`: the render node first, then the primary one. When
/// it fails half-way, sections of clients that were quick are waited for.
///
/// # Safety
///
/// `dev` is a DRM device; one that is gone is reported.
#[no_mangle]
pub(crate) unsafe extern "C" fn drm_dev_register(dev: *mut drm_device, _flags: usize) -> i32 {
    let name = names::of(key(dev));
    let Some(state) = device::with("drm_dev_register", dev, |s| (s.registered, s.parent)) else {
        return -libc::ENODEV;
    };
    let now = event!("drm_dev_register({name})");
    let (registered, _) = state;
    if registered.is_some() {
        let message = format!("{name} was registered twice");
        report(Kind::DoubleRegistration, message, registered, now);
        return -libc::EEXIST;
    }
    // SAFETY: The table has the device, which holds a reference to its parent.
    require_bound("drm_dev_register", unsafe { (*dev).dev });
    enter(dev, Phase::Registering, now);
    let result = register_all(dev, now);
    let now = event!("drm_dev_register({name}) = {}", outcome(result.into()));
    if result == 0 {
        silently(dev, |state| state.registered = Some(now));
        enter(dev, Phase::Registered, now);
        quick_client(dev);
    } else {
        synchronize_unplug(dev, now);
        minor::unregister_all(dev);
        enter(dev, Phase::Gone, now);
    }
    result
}

/// From here on clients are as fast as they like, whatever the driver has still to do.
fn quick_client(dev: *mut drm_device) {
    let kinds = [Node::Render, Node::Primary].into_iter();
    let mut indices = kinds.filter_map(|kind| minor::index(dev, kind));
    if let Some(index) = indices.next() {
        client::nodes_are_there(index);
    }
}

/// `drivers/gpu/drm/drm_drv.c: drm_dev_unregister`.
///
/// # Safety
///
/// `dev` is a DRM device; one that is gone or not registered is reported.
#[no_mangle]
pub(crate) unsafe extern "C" fn drm_dev_unregister(dev: *mut drm_device) {
    if let Some(now) = leave("drm_dev_unregister", dev) {
        withdraw(dev);
        enter(dev, Phase::Gone, now);
    }
}

/// `drivers/gpu/drm/drm_drv.c: drm_dev_unplug`.
///
/// # Safety
///
/// `dev` is a DRM device; one that is gone or not registered is reported.
#[no_mangle]
pub(crate) unsafe extern "C" fn drm_dev_unplug(dev: *mut drm_device) {
    if let Some(now) = leave("drm_dev_unplug", dev) {
        synchronize_unplug(dev, now);
        withdraw(dev);
        mmap::revoke(dev);
        let now = event!("{} is unplugged", names::of(key(dev)));
        enter(dev, Phase::Gone, now);
    }
}

/// `drivers/gpu/drm/drm_drv.c: drm_dev_enter`.
///
/// # Safety
///
/// `idx` can be written. `dev` is a DRM device; one that is gone is reported.
#[no_mangle]
pub(crate) unsafe extern "C" fn drm_dev_enter(dev: *mut drm_device, idx: *mut i32) -> bool {
    if device::with("drm_dev_enter", dev, |_| ()).is_none() {
        return false;
    }
    let index = srcu::read_lock(key(dev));
    // SAFETY: The caller's promise.
    unsafe { idx.write(index) };
    let entered = !device::is_unplugged(dev);
    if entered {
        ioctl::section_entered(key(dev));
    } else {
        srcu::read_unlock_quietly(index);
    }
    event!("drm_dev_enter({}) = {entered}", names::of(key(dev)));
    entered
}

/// `drivers/gpu/drm/drm_drv.c: drm_dev_exit`.
///
/// # Safety
///
/// None: a number that no section has is reported.
#[no_mangle]
pub(crate) unsafe extern "C" fn drm_dev_exit(idx: i32) {
    srcu::read_unlock(idx);
}

fn register_all(dev: *mut drm_device, now: Seq) -> i32 {
    for kind in [minor::Kind::Render, minor::Kind::Primary] {
        let result = minor::register(dev, kind);
        if result != 0 {
            return result;
        }
    }
    registered_flag(dev).store(true, Ordering::SeqCst);
    unplugged(dev).store(false, Ordering::SeqCst);
    // What can fail last in the kernel: `driver->load`, and the modes' registration.
    if fault::fails("drm_dev_register") {
        registered_flag(dev).store(false, Ordering::SeqCst);
        return -libc::ENOMEM;
    }
    enter(dev, Phase::Registered, now);
    0
}

/// Begins to withdraw a device; none, with a report, when it is not registered.
fn leave(call: &str, dev: *mut drm_device) -> Option<Seq> {
    let (phase, changed) = device::with(call, dev, |state| (state.phase, state.changed))?;
    let name = names::of(key(dev));
    let now = event!("{call}({name})");
    if phase != Phase::Registered {
        let message = format!("{call} of {name}, which is not registered");
        report(Kind::MissingRegistration, message, Some(changed), now);
        return None;
    }
    enter(dev, Phase::Leaving, now);
    Some(now)
}

/// `drivers/gpu/drm/drm_drv.c: drm_dev_synchronize_unplug`.
fn synchronize_unplug(dev: *mut drm_device, now: Seq) {
    unplugged(dev).store(true, Ordering::SeqCst);
    srcu::synchronize(now);
    detail!("every section of {} has ended", names::of(key(dev)));
}

fn withdraw(dev: *mut drm_device) {
    registered_flag(dev).store(false, Ordering::SeqCst);
    minor::unregister_all(dev);
}

fn enter(dev: *mut drm_device, phase: Phase, now: Seq) {
    silently(dev, |state| {
        state.phase = phase;
        state.changed = now;
    });
}
