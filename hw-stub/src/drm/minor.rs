//! The nodes of DRM devices (`drivers/gpu/drm/drm_drv.c: drm_minor_*`).

use std::collections::BTreeMap;
use std::sync::Mutex;

use bindings::{drm_device, drm_minor};

use super::device;
use crate::abi::{key, pointer};
use crate::arena::{self, Fill, Purpose};
use crate::fault;
use crate::sync::lock;

/// The kind of a node.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    Primary,
    Render,
}

impl Kind {
    /// `include/drm/drm_file.h: enum drm_minor_type`.
    pub(crate) fn type_(self) -> u32 {
        match self {
            Kind::Primary => bindings::drm_minor_type_DRM_MINOR_PRIMARY,
            Kind::Render => bindings::drm_minor_type_DRM_MINOR_RENDER,
        }
    }

    /// The first of the 64 numbers of the kind.
    pub(crate) fn first(self) -> u32 {
        64 * self.type_()
    }

    fn node(self, index: u32) -> String {
        match self {
            Kind::Primary => format!("card{index}"),
            Kind::Render => format!("renderD{index}"),
        }
    }
}

/// A number in use: the minor's address, and whether userspace can open it.
struct Slot {
    minor: usize,
    registered: bool,
}

static MINORS: Mutex<BTreeMap<u32, Slot>> = Mutex::new(BTreeMap::new());

/// `drm_dev_init`'s part: gives a device the numbers of its nodes.
pub(super) fn alloc(dev: *mut drm_device) {
    if device::has_feature(dev, bindings::drm_driver_feature_DRIVER_RENDER) {
        let minor = alloc_one(dev, Kind::Render);
        // SAFETY: The device is being initialised, so nobody else accesses it.
        unsafe { (*dev).render = minor };
    }
    let minor = alloc_one(dev, Kind::Primary);
    // SAFETY: As above.
    unsafe { (*dev).primary = minor };
}

/// `drm_minor_alloc_release`, for both nodes.
pub(super) fn free(dev: *mut drm_device) {
    for kind in [Kind::Render, Kind::Primary] {
        let minor = slot(dev, kind);
        if !minor.is_null() {
            lock(&MINORS).retain(|_, slot| slot.minor != key(minor));
            arena::free("drm_minor_alloc_release", key(minor));
        }
    }
}

/// `drm_minor_register`: a device without a node of this kind needs nothing.
pub(super) fn register(dev: *mut drm_device, kind: Kind) -> i32 {
    let Some(index) = index(dev, kind) else {
        return 0;
    };
    if fault::fails("drm_minor_register") {
        return -libc::ENOMEM;
    }
    event!("node {} appears", kind.node(index));
    set_registered(index, true);
    0
}

/// `drm_minor_unregister`, for both nodes.
pub(super) fn unregister_all(dev: *mut drm_device) {
    for kind in [Kind::Primary, Kind::Render] {
        let Some(index) = index(dev, kind) else {
            continue;
        };
        if set_registered(index, false) {
            event!("node {} disappears", kind.node(index));
        }
    }
}

/// The number of a device's node.
pub(crate) fn index(dev: *mut drm_device, kind: Kind) -> Option<u32> {
    let minor = slot(dev, kind);
    // SAFETY: A device's minors live as long as it does.
    (!minor.is_null()).then(|| unsafe { (*minor).index as u32 })
}

/// `drm_minor_acquire`: the node with a reference to its device, which must not be unplugged.
pub(crate) fn acquire(call: &str, index: u32) -> Result<*mut drm_minor, i32> {
    let minors = lock(&MINORS);
    let slot = minors.get(&index).filter(|slot| slot.registered);
    let minor: *mut drm_minor = pointer(slot.ok_or(-libc::ENODEV)?.minor);
    // SAFETY: The minor is in the table, so its device exists, and does so until the lock is given
    // back at least: `free` needs it.
    let dev = unsafe { (*minor).dev };
    device::get(call, dev);
    drop(minors);
    if device::is_unplugged(dev) {
        device::put(call, dev);
        return Err(-libc::ENODEV);
    }
    Ok(minor)
}

/// The numbers of all nodes of a kind that can be opened.
pub(crate) fn registered(kind: Kind) -> Vec<u32> {
    let minors = lock(&MINORS);
    let range = minors.range(kind.first()..kind.first() + 64);
    range
        .filter(|(_, slot)| slot.registered)
        .map(|(index, _)| *index)
        .collect()
}

fn alloc_one(dev: *mut drm_device, kind: Kind) -> *mut drm_minor {
    let size = std::mem::size_of::<drm_minor>();
    let memory = arena::alloc(size, 8, Purpose::Core, "a DRM node", Fill::Zero);
    let minor: *mut drm_minor = memory.cast();
    let mut minors = lock(&MINORS);
    let free = (kind.first()..).find(|index| !minors.contains_key(index));
    let index = free.expect("there are fewer nodes than numbers");
    // SAFETY: The memory is as large as a minor.
    unsafe {
        (*minor).dev = dev;
        (*minor).index = index as i32;
        (*minor).type_ = kind.type_() as i32;
    }
    minors.insert(
        index,
        Slot {
            minor: key(minor),
            registered: false,
        },
    );
    minor
}

fn slot(dev: *mut drm_device, kind: Kind) -> *mut drm_minor {
    // SAFETY: Callers found the device in the table or hold a reference; its slots are written only
    // while it is initialised.
    unsafe {
        match kind {
            Kind::Primary => (*dev).primary,
            Kind::Render => (*dev).render,
        }
    }
}

/// Returns whether it was registered before.
fn set_registered(index: u32, registered: bool) -> bool {
    let mut minors = lock(&MINORS);
    let slot = minors.get_mut(&index);
    slot.is_some_and(|slot| std::mem::replace(&mut slot.registered, registered))
}
