//! Fault injection: makes fallible calls fail.
//!
//! Fallible are: `open`, `drm_file_alloc`, `drm_ioctl` (when its argument is large),
//! `__drm_dev_alloc`, `drm_dev_init`, `drm_minor_register`, `drm_dev_register`,
//! `drm_new_set_master`, `drm_gem_object_init`, `shmem_file_setup`, `drm_gem_handle_create`,
//! `drm_gem_create_mmap_offset`,
//! `krealloc_node_align`, `__devres_alloc_node`, `devm_add_action_or_reset`, `faux_device_create`,
//! `__auxiliary_driver_register`, `__platform_driver_register`, `ioremap`, `request_mem_region`,
//! `clk_get`, `clk_prepare_enable`, `regulator_get`, `regulator_enable`.

// Every fallible call asks `fails` under its own name. Calls are counted from 1, over all names and
// for each name, so that a run can be repeated with each call failing in turn.

use std::collections::HashMap;
use std::sync::Mutex;

use crate::sync::lock;

/// A call that was made to fail.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Fired {
    /// The name of the call.
    pub call: &'static str,
    /// Which call of this name it was, from 1.
    pub nth: u64,
}

enum Plan {
    Nth(u64),
    Call(String, u64),
}

#[derive(Default)]
struct Faults {
    plan: Option<Plan>,
    total: u64,
    by_name: HashMap<&'static str, u64>,
    fired: Option<Fired>,
}

static FAULTS: Mutex<Option<Faults>> = Mutex::new(None);

/// Lets the `n`-th fallible call fail, whichever it is, counted from 1.
pub fn fail_nth(n: u64) {
    lock(&FAULTS).get_or_insert_default().plan = Some(Plan::Nth(n));
}

/// Lets the `n`-th call named `name` fail, counted from 1.
pub fn fail_call(name: &str, n: u64) {
    lock(&FAULTS).get_or_insert_default().plan = Some(Plan::Call(name.into(), n));
}

/// Gives the plan up, so that there can be another. Returns the call that was made to fail by it,
/// if it has come.
pub fn disarm() -> Option<Fired> {
    lock(&FAULTS).get_or_insert_default().disarm()
}

/// How many calls named `name` there were.
pub fn calls_of(name: &str) -> u64 {
    let faults = lock(&FAULTS);
    let count = faults.as_ref().and_then(|faults| faults.by_name.get(name));
    count.copied().unwrap_or(0)
}

/// How many fallible calls there were.
pub fn calls() -> u64 {
    lock(&FAULTS).as_ref().map_or(0, |faults| faults.total)
}

/// Whether a call is still to be made to fail.
pub fn armed() -> bool {
    let faults = lock(&FAULTS);
    let faults = faults.as_ref();
    faults.is_some_and(|faults| faults.plan.is_some() && faults.fired.is_none())
}

/// The call that was made to fail, if it has come.
pub fn fired() -> Option<Fired> {
    lock(&FAULTS).as_ref()?.fired.clone()
}

/// Counts a fallible call, and says whether it is to fail.
pub(crate) fn fails(call: &'static str) -> bool {
    let fails = lock(&FAULTS).get_or_insert_default().count(call);
    if fails {
        event!("fault injected: {call} fails");
    }
    fails
}

impl Faults {
    fn count(&mut self, call: &'static str) -> bool {
        self.total += 1;
        let nth = self.by_name.entry(call).or_default();
        *nth += 1;
        let hit = match &self.plan {
            Some(Plan::Nth(n)) => *n == self.total,
            Some(Plan::Call(name, n)) => name == call && *n == *nth,
            None => false,
        };
        if hit {
            self.fired = Some(Fired { call, nth: *nth });
        }
        hit
    }

    fn disarm(&mut self) -> Option<Fired> {
        self.plan = None;
        self.fired.take()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(plan: Plan) -> Faults {
        Faults {
            plan: Some(plan),
            ..Faults::default()
        }
    }

    #[test]
    fn the_nth_call_of_all_fails_once() {
        let mut faults = faults(Plan::Nth(2));
        assert!(!faults.count("a"));
        assert!(faults.count("b"));
        assert!(!faults.count("b"));
        assert_eq!(faults.fired, Some(Fired { call: "b", nth: 1 }));
        assert_eq!(faults.total, 3);
    }

    #[test]
    fn a_plan_can_follow_another() {
        let mut faults = faults(Plan::Nth(1));
        assert!(faults.count("a"));
        let fired = faults.disarm();
        assert_eq!(fired, Some(Fired { call: "a", nth: 1 }));
        faults.plan = Some(Plan::Nth(2));
        assert_eq!(faults.disarm(), None);
        assert!(!faults.count("a"));
    }

    #[test]
    fn the_nth_call_of_a_name_fails_once() {
        let mut faults = faults(Plan::Call("a".into(), 2));
        assert!(!faults.count("a"));
        assert!(!faults.count("b"));
        assert!(faults.count("a"));
        assert!(!faults.count("a"));
    }
}
