//! When a resource goes, and who may reach it until then.
//!
//! The devices are those of the faux bus, which are unbound by dropping their registration.

use super::Devres;
use crate::device::{Bound, Device};
use crate::error::code::{EINVAL, ENXIO};
use crate::faux;
use core::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{mpsc, Arc, Barrier};
use std::thread;
use std::time::Duration;

/// Counts its drops, each of which takes a while.
struct Resource(Arc<AtomicUsize>);

impl Drop for Resource {
    fn drop(&mut self) {
        thread::sleep(Duration::from_millis(1));
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

struct Fixture {
    reg: faux::Registration,
    drops: Arc<AtomicUsize>,
}

impl Fixture {
    fn new(name: &core::ffi::CStr) -> Self {
        Self {
            reg: faux::Registration::new(name, None).expect("nothing fails"),
            drops: Arc::default(),
        }
    }

    fn device(&self) -> &Device<Bound> {
        AsRef::<faux::Device<Bound>>::as_ref(&self.reg).as_ref()
    }

    fn resource(&self) -> Devres<Resource> {
        Devres::new(self.device(), Resource(self.drops.clone())).expect("nothing fails")
    }

    fn drops(&self) -> usize {
        self.drops.load(Ordering::SeqCst)
    }
}

#[test]
fn a_resource_goes_with_its_owner() {
    let fixture = Fixture::new(c"owner");
    let resource = fixture.resource();
    assert!(resource.access(fixture.device()).is_ok());
    drop(resource);
    assert_eq!(fixture.drops(), 1);
    let drops = fixture.drops.clone();
    drop(fixture);
    assert_eq!(drops.load(Ordering::SeqCst), 1);
}

#[test]
fn a_resource_goes_when_its_device_is_unbound() {
    let fixture = Fixture::new(c"unbound");
    let resource = fixture.resource();
    assert!(resource.try_access().is_some());
    drop(fixture.reg);
    assert_eq!(fixture.drops.load(Ordering::SeqCst), 1);
    assert!(resource.try_access().is_none());
    // SAFETY: It stands for a device that was bound again; nobody relies on it.
    let again = unsafe { resource.device().as_bound() };
    assert_eq!(resource.access(again).err(), Some(ENXIO));
    drop(resource);
    assert_eq!(fixture.drops.load(Ordering::SeqCst), 1);
}

#[test]
fn another_device_gives_no_access() {
    let fixture = Fixture::new(c"mine");
    let other = Fixture::new(c"other");
    let resource = fixture.resource();
    assert_eq!(resource.access(other.device()).err(), Some(EINVAL));
}

#[test]
fn unbinding_waits_for_accesses() {
    let fixture = Fixture::new(c"waits");
    let resource = fixture.resource();
    let (drops, reg) = (fixture.drops, fixture.reg);
    let (entered, wait) = mpsc::channel();
    thread::scope(|scope| {
        scope.spawn(|| {
            let guard = resource.try_access().expect("the device is bound");
            entered.send(()).expect("the other thread waits");
            thread::sleep(Duration::from_millis(50));
            assert_eq!(drops.load(Ordering::SeqCst), 0, "the resource is in use");
            drop(guard);
        });
        wait.recv().expect("the other thread sends");
        drop(reg);
        assert_eq!(drops.load(Ordering::SeqCst), 1);
    });
}

#[test]
fn owner_and_unbinding_race_for_one_drop() {
    for _ in 0..50 {
        let fixture = Fixture::new(c"race");
        let resource = fixture.resource();
        let (drops, reg) = (fixture.drops, fixture.reg);
        let start = Barrier::new(2);
        thread::scope(|scope| {
            scope.spawn(|| {
                start.wait();
                drop(resource);
                assert_eq!(drops.load(Ordering::SeqCst), 1);
            });
            start.wait();
            drop(reg);
            assert_eq!(drops.load(Ordering::SeqCst), 1);
        });
    }
}
