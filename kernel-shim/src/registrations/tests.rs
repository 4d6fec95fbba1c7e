//! What is closed when, and what is left behind.
//!
//! The devices are those of the faux bus, whose adapter is the simplest.

use super::{add, close, open, Managed};
use crate::alloc::flags::GFP_KERNEL;
use crate::device::{Bound, Device};
use crate::error::code::{EBUSY, ENODEV};
use crate::str::CStrExt;
use crate::{devres, faux};
use core::ptr::{null, null_mut};
use std::string::String;
use std::sync::{Arc, Mutex};
use std::vec::Vec;

/// What happened, in order.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

impl Log {
    fn add(&self, text: impl Into<String>) {
        self.0
            .lock()
            .expect("No test panics here.")
            .push(text.into());
    }

    fn take(&self) -> Vec<String> {
        core::mem::take(&mut self.0.lock().expect("No test panics here."))
    }
}

struct Entry(&'static str, Log);

impl Managed for Entry {
    fn close(&self) {
        self.1.add(std::format!("close {}", self.0));
    }
}

impl Drop for Entry {
    fn drop(&mut self) {
        self.1.add(std::format!("drop {}", self.0));
    }
}

fn device(reg: &faux::Registration) -> &Device<Bound> {
    AsRef::<faux::Device<Bound>>::as_ref(reg).as_ref()
}

#[test]
fn entries_close_before_resources_go_and_drop_after_them() {
    let log = Log::default();
    let reg = faux::Registration::new(c"order", None).expect("nothing fails");
    let dev = device(&reg);
    let first = add(dev, || Ok(Entry("first", log.clone()))).expect("nothing fails");
    let resource = Entry("resource", log.clone());
    devres::register(dev, resource, GFP_KERNEL).expect("nothing fails");
    add(dev, || Ok(Entry("second", log.clone()))).expect("nothing fails");
    assert_eq!(first.0, "first");
    assert!(log.take().is_empty());
    drop(reg);
    assert_eq!(
        log.take(),
        [
            "close second",
            "close first",
            "drop resource",
            "drop second",
            "drop first"
        ]
    );
}

#[test]
fn a_closed_device_takes_no_entry() {
    let log = Log::default();
    let reg = faux::Registration::new(c"closed", None).expect("nothing fails");
    let dev = device(&reg);
    close(dev);
    let made = add(dev, || Ok(Entry("late", log.clone())));
    assert_eq!(made.err(), Some(ENODEV));
    assert!(log.take().is_empty(), "nothing was made");
}

#[test]
fn what_is_made_while_closing_is_closed_at_once() {
    let log = Log::default();
    let reg = faux::Registration::new(c"race", None).expect("nothing fails");
    let dev = device(&reg);
    add(dev, || Ok(Entry("early", log.clone()))).expect("nothing fails");
    let made = add(dev, || {
        close(dev);
        Ok(Entry("late", log.clone()))
    });
    assert_eq!(made.err(), Some(ENODEV));
    assert_eq!(log.take(), ["close early", "close late", "drop late"]);
    drop(reg);
    assert_eq!(log.take(), ["drop early"]);
}

#[test]
fn closing_may_come_back_for_more() {
    struct Greedy(crate::sync::aref::ARef<Device>, Log);

    impl Managed for Greedy {
        fn close(&self) {
            // SAFETY: A device is still bound while its entries are closed.
            let dev = unsafe { self.0.as_bound() };
            let made = add(dev, || Ok(Entry("more", self.1.clone())));
            self.1.add(std::format!("{:?}", made.err()));
        }
    }

    let log = Log::default();
    let reg = faux::Registration::new(c"greedy", None).expect("nothing fails");
    let dev = device(&reg);
    add(dev, || Ok(Greedy(dev.into(), log.clone()))).expect("nothing fails");
    drop(reg);
    assert_eq!(log.take(), ["Some(ENODEV)"]);
}

#[test]
fn a_failure_leaves_nothing_behind() {
    let reg = faux::Registration::new(c"failure", None).expect("nothing fails");
    let made = add::<Entry>(device(&reg), || Err(EBUSY));
    assert_eq!(made.err(), Some(EBUSY));
}

#[test]
fn a_device_without_an_adapter_of_ours_takes_no_entry() {
    let log = Log::default();
    stranger(|dev| {
        let made = add(dev, || Ok(Entry("any", log.clone())));
        assert_eq!(made.err(), Some(ENODEV));
    });
    assert!(log.take().is_empty());
}

#[test]
fn what_nobody_closed_is_closed_before_it_is_dropped() {
    let log = Log::default();
    stranger(|dev| {
        open(dev).expect("nothing fails");
        add(dev, || Ok(Entry("forgotten", log.clone()))).expect("nothing fails");
    });
    assert_eq!(log.take(), ["close forgotten", "drop forgotten"]);
}

/// Runs `f` on a device that only C knows of.
fn stranger(f: impl FnOnce(&Device<Bound>)) {
    // SAFETY: The name is null-terminated, and the other arguments may be null.
    let raw =
        unsafe { bindings::faux_device_create(c"stranger".as_char_ptr(), null_mut(), null()) };
    assert!(!raw.is_null());
    // SAFETY: The device was created just now, and is bound until it is destroyed.
    f(unsafe { Device::<Bound>::from_raw(&raw mut (*raw).dev) });
    // SAFETY: The device exists, and is never used again.
    unsafe { bindings::faux_device_destroy(raw) };
}
