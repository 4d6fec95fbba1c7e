//! Binding and unbinding of devices (`drivers/base/dd.c`).

use std::sync::{Condvar, Mutex};

use bindings::{device, device_driver};

use super::device::{silently, State};
use super::driver::Driver;
use super::parent::{after_unbind, enter};
use super::phase::Phase;
use super::{auxiliary, devres, faux, platform};
use crate::abi::key;
use crate::errno::outcome;
use crate::names;
use crate::oracle::{report, Kind, Seq};
use crate::sync::{lock, patience, wait_until};
use crate::thread;

/// The bus that a device is on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Bus {
    /// None: the root of the faux bus.
    Root,
    /// The bus of devices that have no hardware.
    Faux,
    /// The bus of parts of other devices.
    Auxiliary,
    /// The bus of devices that a device tree describes.
    Platform,
    /// The bus of auxiliary devices' parents.
    Pci,
}

/// Who is binding or unbinding which device: the device locks of the kernel.
static LOCKED: Mutex<Vec<(usize, thread::Id, Seq)>> = Mutex::new(Vec::new());
static CHANGED: Condvar = Condvar::new();

/// `drivers/base/dd.c: really_probe`: the result of probe. A device that is bound already is left.
pub(crate) fn bind(dev: *mut device, driver: &Driver) -> i32 {
    let Some(_lock) = DeviceLock::take(dev, "device_bind") else {
        return -libc::EDEADLK;
    };
    let start = silently(dev, |state| (state.phase, state.devres.is_empty()));
    match start {
        Some((Phase::Unbound, true)) => {}
        Some(_) => return -libc::EBUSY,
        None => return -libc::ENODEV,
    }
    let now = event!("probe {}", names::of(key(dev)));
    // SAFETY: The device is in the table, so its memory was not freed.
    unsafe { (*dev).driver = driver.generic() };
    enter(dev, Phase::Probing, now);
    let result = driver.probe(dev);
    let now = event!("probe {} = {}", names::of(key(dev)), outcome(result.into()));
    silently(dev, |state| state.probe_result = Some(result));
    if result == 0 {
        enter(dev, Phase::Bound, now);
    } else {
        cleanup(dev, driver.generic());
    }
    result
}

/// `drivers/base/dd.c: __device_release_driver`: does nothing when the device is not bound.
pub(crate) fn unbind(dev: *mut device) {
    let Some(_lock) = DeviceLock::take(dev, "device_unbind") else {
        return;
    };
    let bound = |state: &mut State| (state.phase == Phase::Bound).then_some(state.bus);
    let Some(bus) = silently(dev, bound).flatten() else {
        return;
    };
    let now = event!("unbind {}", names::of(key(dev)));
    enter(dev, Phase::Unbinding, now);
    // SAFETY: The device is in the table, so its memory was not freed.
    let driver = unsafe { (*dev).driver };
    // SAFETY: The device is bound to this driver of this bus.
    unsafe {
        match bus {
            Bus::Faux => faux::remove(dev),
            Bus::Auxiliary => auxiliary::remove(dev, driver),
            Bus::Platform => platform::remove(dev, driver),
            Bus::Root | Bus::Pci => {}
        }
    }
    cleanup(dev, driver);
}

/// Binds a device without a driver's probe; for devices that only the stub knows.
pub(crate) fn bind_silently(dev: *mut device) {
    let now = event!("bound {}", names::of(key(dev)));
    enter(dev, Phase::Bound, now);
}

/// Whether a device is bound to a driver.
pub(crate) fn is_bound(dev: *mut device) -> bool {
    silently(dev, |state| state.phase == Phase::Bound).unwrap_or(false)
}

/// Wakes whoever waits for a device.
pub(super) fn phase_changed() {
    CHANGED.notify_all();
}

/// `drivers/base/dd.c: device_unbind_cleanup`: the Rust driver's data is dropped first, while the
/// device still counts as bound; that ends when the release of managed resources begins.
pub(super) fn cleanup(dev: *mut device, driver: *mut device_driver) {
    if !driver.is_null() {
        // SAFETY: The driver is registered for as long as a device is bound to it.
        if let Some(post_unbind_rust) = unsafe { (*driver).p_cb.post_unbind_rust } {
            // SAFETY: This is where `device_unbind_cleanup` calls it.
            unsafe { post_unbind_rust(dev) };
        }
    }
    let now = event!("devres_release_all({})", names::of(key(dev)));
    enter(dev, Phase::Releasing, now);
    devres::release_all(dev);
    let now = event!("unbound {}", names::of(key(dev)));
    // SAFETY: Whoever binds or unbinds a device holds a reference to it.
    unsafe {
        (*dev).driver = std::ptr::null_mut();
        (*dev).driver_data = std::ptr::null_mut();
    }
    enter(dev, Phase::Unbound, now);
    after_unbind(dev, now);
}

/// `drivers/base/base.h: device_lock`: held over probe and remove.
struct DeviceLock(usize);

impl DeviceLock {
    /// None, with a report, when the thread holds the lock itself or nobody gives it back.
    fn take(dev: *mut device, call: &str) -> Option<Self> {
        let now = detail!("{call}({})", names::of(key(dev)));
        let me = thread::current();
        let mut holder = None;
        let taken = wait_until(&CHANGED, lock(&LOCKED), patience(), |locked| {
            holder = locked
                .iter()
                .find(|(other, ..)| *other == key(dev))
                .copied();
            let mine = holder.is_some_and(|(_, thread, _)| thread == me);
            if holder.is_none() {
                locked.push((key(dev), me, now));
            }
            holder.is_none() || mine
        });
        match holder {
            None => return Some(Self(key(dev))),
            Some((_, _, since)) if taken => {
                let name = names::of(key(dev));
                let message = format!("{call} of {name} from within its own probe or remove");
                report(Kind::SelfDeadlock, message, Some(since), now);
            }
            Some((_, _, since)) => {
                let name = names::of(key(dev));
                let message =
                    format!("{call} of {name} waits for a probe or remove that never ends");
                report(Kind::LockMisuse, message, Some(since), now);
            }
        }
        None
    }
}

impl Drop for DeviceLock {
    fn drop(&mut self) {
        lock(&LOCKED).retain(|(dev, ..)| *dev != self.0);
        CHANGED.notify_all();
    }
}
