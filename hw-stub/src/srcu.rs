//! The one SRCU domain that guards all DRM devices (`drivers/gpu/drm/drm_drv.c: drm_unplug_srcu`).
//!
//! In the kernel a section's index is 0 or 1; here each section has a number of its own, so that a
//! section that is left twice, or by somebody else, is noticed.

use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex};

use crate::names;
use crate::oracle::{report, report_leak, Kind, Seq};
use crate::sync::{lock, patience, wait_until};
use crate::thread;

/// A section that somebody is in.
#[derive(Clone, Copy)]
pub(crate) struct Section {
    /// The device that it was entered for.
    pub(crate) device: usize,
    /// When.
    pub(crate) entered: Seq,
    thread: thread::Id,
}

struct Domain {
    open: BTreeMap<i32, Section>,
    left: BTreeMap<i32, Seq>,
    last: i32,
}

static DOMAIN: Mutex<Domain> = Mutex::new(Domain {
    open: BTreeMap::new(),
    left: BTreeMap::new(),
    last: 0,
});
static LEFT: Condvar = Condvar::new();

/// `include/linux/srcu.h: srcu_read_lock`.
pub(crate) fn read_lock(device: usize) -> i32 {
    let entered = detail!("drm_dev_enter({})", names::of(device));
    let mut domain = lock(&DOMAIN);
    domain.last += 1;
    let index = domain.last;
    let section = Section {
        device,
        entered,
        thread: thread::current(),
    };
    domain.open.insert(index, section);
    index
}

/// Undoes [`read_lock`] for a device that turned out to be unplugged.
pub(crate) fn read_unlock_quietly(index: i32) {
    let now = detail!("the section was not entered after all");
    let mut domain = lock(&DOMAIN);
    domain.open.remove(&index);
    domain.left.insert(index, now);
    drop(domain);
    LEFT.notify_all();
}

/// `include/linux/srcu.h: srcu_read_unlock`.
pub(crate) fn read_unlock(index: i32) {
    let mut domain = lock(&DOMAIN);
    let section = domain.open.remove(&index);
    let device = section.map_or(0, |section| section.device);
    let left = domain.left.get(&index).copied();
    drop(domain);
    let now = match section {
        Some(_) => event!("drm_dev_exit({})", names::of(device)),
        None => event!("drm_dev_exit of no open section"),
    };
    lock(&DOMAIN).left.entry(index).or_insert(now);
    LEFT.notify_all();
    match section {
        None => report(
            Kind::EnterExitImbalance,
            "a section was left that nobody is in",
            left,
            now,
        ),
        Some(section) if section.thread != thread::current() => report(
            Kind::ExitOnWrongThread,
            format!(
                "a section of {} was left by another thread",
                names::of(device)
            ),
            Some(section.entered),
            now,
        ),
        Some(_) => {}
    }
}

/// `include/linux/srcu.h: synchronize_srcu`: waits for every section that is open now, of whichever
/// device. `now` is the call that waits.
pub(crate) fn synchronize(now: Seq) {
    let domain = lock(&DOMAIN);
    let waited_for = domain.open.clone();
    let me = thread::current();
    if let Some(mine) = waited_for.values().find(|section| section.thread == me) {
        drop(domain);
        let message = "the thread waits for a section that it is in itself";
        return report(Kind::UnplugInsideSection, message, Some(mine.entered), now);
    }
    let ended = |domain: &mut Domain| waited_for.keys().all(|id| !domain.open.contains_key(id));
    if wait_until(&LEFT, domain, patience(), ended) {
        return;
    }
    let domain = lock(&DOMAIN);
    let stuck = waited_for
        .iter()
        .find(|(id, _)| domain.open.contains_key(id));
    let entered = stuck.map(|(_, section)| section.entered);
    drop(domain);
    let message = "a section was not left while somebody waited for its end";
    report(Kind::UnplugWaitsForever, message, entered, now);
}

/// An open section of a device, if there is one.
pub(crate) fn open_section(device: usize) -> Option<Section> {
    let domain = lock(&DOMAIN);
    let mut sections = domain.open.values();
    sections.find(|section| section.device == device).copied()
}

/// Reports sections that nobody left.
pub(crate) fn check_at_end() {
    let open = std::mem::take(&mut lock(&DOMAIN).open);
    for section in open.values() {
        let message = format!("a section of {} was never left", names::of(section.device));
        report_leak(Kind::EnterExitImbalance, message, section.entered);
    }
}
