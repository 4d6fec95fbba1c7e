//! A guard still lends the bound parent when unbinding has begun, but nothing can be registered
//! below it any more.
//@ claim: foreign-owned-before-devres
use driver::{data, refused, registration_data, Probe};
use hw_stub::client;
use kernel::drm::{self, EverRegistered};
use kernel::error::{code::ENODEV, Result};
use kernel::{device, faux};
use std::sync::mpsc::{self, Sender};
use std::thread;
use std::time::Duration;

pub fn main() -> Result {
    let parent = faux::Registration::new(c"parent", None)?;
    let dev: EverRegistered<Probe> = register(parent.as_ref())?.into();
    let (holds, is_held) = mpsc::channel();
    let late = thread::spawn(move || register_late(&dev, holds));
    let _ = is_held.recv();
    drop(parent);
    assert!(client::primary_nodes().is_empty());
    late.join().expect("the late one does not panic")
}

fn register_late(dev: &EverRegistered<Probe>, holds: Sender<()>) -> Result {
    let guard = dev.registration_guard().ok_or(ENODEV)?;
    let _ = holds.send(());
    while dev.registration_guard().is_some() {
        thread::sleep(Duration::from_millis(1));
    }
    let parent: &faux::Device<device::Bound> = (*guard).as_ref();
    refused(register(parent), ENODEV)
}

fn register(parent: &faux::Device<device::Bound>) -> Result<&drm::Device<Probe, drm::Ioctl>> {
    let dev = drm::UnregisteredDevice::<Probe>::new(parent, data())?;
    let data = registration_data(7, None);
    drm::Registration::new_foreign_owned(parent.as_ref(), dev, data, 0)
}
