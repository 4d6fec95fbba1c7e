//! A registration is sent to another thread and dropped there.
//@ claim: registration-drop-unplugs
use driver::{data, registration_data, with_parent, Probe};
use kernel::drm::{self, EverRegistered};
use kernel::error::Result;
use std::thread;

pub fn main() -> Result {
    with_parent(|parent| {
        let dev = drm::UnregisteredDevice::<Probe>::new(parent, data())?;
        let data = registration_data(7, None);
        // SAFETY: The registration is dropped below, while the parent is bound.
        let registration = unsafe { drm::Registration::new(parent.as_ref(), dev, data, 0) }?;
        let dev = EverRegistered::from(registration.ioctl_device());
        thread::scope(|scope| {
            scope.spawn(move || drop(registration));
        });
        assert!(dev.registration_guard().is_none());
        Ok(())
    })
}
