//! Access to a device that only its bound driver may have.
//!
//! A device stops being bound when the release of its managed resources *starts*
//! (`drivers/base/dd.c: device_unbind_cleanup`).

use bindings::device;

use super::device::{silently, with};
use super::phase::Phase;
use crate::abi::key;
use crate::drm;
use crate::names;
use crate::oracle::{report, Kind, Seq};

/// Reports `call` unless `dev` is bound; none when there is no such device.
pub(crate) fn require_bound(call: &str, dev: *const device) -> Option<()> {
    let (phase, changed) = with(call, dev, |state| (state.phase, state.changed))?;
    if phase.is_bound() {
        return Some(());
    }
    let name = names::of(key(dev));
    let now = event!("{call}({name})");
    let message = format!("{call} on {name}, which is not bound to a driver");
    report(Kind::ParentNotBound, message, Some(changed), now);
    Some(())
}

/// Looks for DRM devices on top of `dev` that are registered still, after one of its managed
/// resources was released.
pub(crate) fn after_devres(dev: *mut device, released: Seq) {
    for (drm, registered) in drm::device::registered_on(key(dev)) {
        let parent = names::of(key(dev));
        let message = format!("a resource of {parent} was released while {drm} was registered");
        report(Kind::DevresOrder, message, Some(registered), released);
    }
}

/// Looks for DRM devices on top of `dev` that are registered still, now that it is unbound.
pub(crate) fn after_unbind(dev: *mut device, unbound: Seq) {
    for (drm, registered) in drm::device::registered_on(key(dev)) {
        let parent = names::of(key(dev));
        let message = format!("{drm} is registered still, but {parent} is not bound any more");
        report(Kind::ParentNotBound, message, Some(registered), unbound);
    }
}

/// Moves a device on to another phase.
pub(super) fn enter(dev: *mut device, phase: Phase, now: Seq) {
    silently(dev, |state| {
        state.phase = phase;
        state.changed = now;
    });
    super::bind::phase_changed();
}
