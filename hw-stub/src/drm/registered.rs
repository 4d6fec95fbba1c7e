//! Calls that only a registered device may be used for.

use bindings::drm_device;

use super::device;
use super::minor::{self, Kind as Node};
use super::phase::Phase;
use crate::abi::{key, same_abi};
use crate::names;
use crate::oracle::{report, Kind};
use crate::srcu;

#[cfg(not(kernel_tree))]
same_abi!(drm_dev_assert_entered: fn(*mut drm_device));
#[cfg(not(kernel_tree))]
same_abi!(drm_dev_minor_index: fn(*mut drm_device, u32) -> i32);
#[cfg(not(kernel_tree))]
same_abi!(drm_sysfs_hotplug_event: fn(*mut drm_device));
same_abi!(
    drm_dev_wedged_event: fn(*mut drm_device, usize, *mut bindings::drm_wedge_task_info) -> i32
);

/// Asserts that unplugging has to wait for the caller: somebody is in a section of the device, and
/// the device was registered when it was entered. No C function does this; it stands for a lockdep
/// check of the unplug SRCU domain.
///
/// # Safety
///
/// `dev` is a DRM device; one that is gone is reported.
#[export_name = "rust_helper_drm_dev_assert_entered"]
pub(crate) unsafe extern "C" fn drm_dev_assert_entered(dev: *mut drm_device) {
    let registered = require_registered("drm_dev_assert_entered", dev);
    if registered && srcu::open_section(key(dev)).is_none() {
        let name = names::of(key(dev));
        let now = event!("drm_dev_assert_entered({name})");
        let message = format!("drm_dev_assert_entered of {name}, but nobody is in a section of it");
        report(Kind::RegisteredOnlyCall, message, None, now);
    }
}

/// The number of a node. No C function does this; it stands for reading `dev->render->index`.
///
/// # Safety
///
/// `dev` is a DRM device; one that is gone or not registered is reported.
#[export_name = "rust_helper_drm_dev_minor_index"]
pub(crate) unsafe extern "C" fn drm_dev_minor_index(dev: *mut drm_device, type_: u32) -> i32 {
    if !require_registered("drm_dev_minor_index", dev) {
        return -libc::ENODEV;
    }
    let kind = [Node::Primary, Node::Render]
        .into_iter()
        .find(|kind| kind.type_() == type_);
    let index = kind.and_then(|kind| minor::index(dev, kind));
    let index = index.map_or(-libc::ENODEV, |index| index as i32);
    event!("drm_dev_minor_index({}) = {index}", names::of(key(dev)));
    index
}

/// `drivers/gpu/drm/drm_sysfs.c: drm_sysfs_hotplug_event`.
///
/// # Safety
///
/// `dev` is a DRM device; one that is gone or not registered is reported.
#[no_mangle]
pub(crate) unsafe extern "C" fn drm_sysfs_hotplug_event(dev: *mut drm_device) {
    if require_registered("drm_sysfs_hotplug_event", dev) {
        event!("uevent of {}: HOTPLUG=1", names::of(key(dev)));
    }
}

/// `drivers/gpu/drm/drm_drv.c: drm_dev_wedged_event`.
///
/// # Safety
///
/// `dev` is a DRM device; one that is gone or not registered is reported.
#[no_mangle]
pub(crate) unsafe extern "C" fn drm_dev_wedged_event(
    dev: *mut drm_device,
    method: usize,
    _info: *mut bindings::drm_wedge_task_info,
) -> i32 {
    if !require_registered("drm_dev_wedged_event", dev) {
        return -libc::ENODEV;
    }
    event!(
        "uevent of {}: WEDGED={}",
        names::of(key(dev)),
        recovery(method)
    );
    0
}

/// `include/drm/drm_device.h: DRM_WEDGE_RECOVERY_*`, by their bits. bindgen does not see them.
const METHODS: [&str; 4] = ["none", "rebind", "bus-reset", "vendor-specific"];

#[cfg(not(kernel_tree))]
const _: () = assert!(
    bindings::DRM_WEDGE_RECOVERY_NONE == 1 << 0
        && bindings::DRM_WEDGE_RECOVERY_REBIND == 1 << 1
        && bindings::DRM_WEDGE_RECOVERY_BUS_RESET == 1 << 2
        && bindings::DRM_WEDGE_RECOVERY_VENDOR == 1 << 3
);

/// `drivers/gpu/drm/drm_drv.c: drm_get_wedge_recovery`, for a set of methods.
fn recovery(method: usize) -> String {
    let chosen = (0..).zip(METHODS).filter(|(bit, _)| method & 1 << bit != 0);
    let names: Vec<_> = chosen.map(|(_, name)| name).collect();
    if names.is_empty() {
        "unknown".into()
    } else {
        names.join(",")
    }
}

/// Reports `call` unless the device is registered, or is just being withdrawn and somebody is in a
/// section that was entered before. False when it was reported.
fn require_registered(call: &str, dev: *mut drm_device) -> bool {
    let state = device::with(call, dev, |state| (state.phase, state.changed));
    let Some((phase, changed)) = state else {
        return false;
    };
    let in_section = srcu::open_section(key(dev)).is_some();
    let allowed = match phase {
        Phase::Registered => true,
        // A node is visible already, or still: whoever is in a section came in by it.
        Phase::Registering | Phase::Leaving => in_section,
        Phase::New | Phase::Gone => false,
    };
    if !allowed {
        let name = names::of(key(dev));
        let now = event!("{call}({name})");
        let message = format!("{call} of {name}, which is not registered");
        report(Kind::RegisteredOnlyCall, message, Some(changed), now);
    }
    allowed
}
