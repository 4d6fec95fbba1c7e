//! A registration is sent to another thread and dropped there.
//@ claim: registration-drop-unplugs
//@ generations: api, linux-7.3
use driver::{data, ever_registered, registration_data, with_parent, Probe};
use kernel::drm;
use kernel::error::Result;
use std::thread;

pub fn main() -> Result {
    with_parent(|parent| {
        let dev = drm::UnregisteredDevice::<Probe>::new(parent, data())?;
        let data = registration_data(7, None);
        // SAFETY: The registration is dropped below, while the parent is bound.
        let registration = unsafe { drm::Registration::new(parent.as_ref(), dev, data, 0) }?;
        let dev = ever_registered(&registration);
        thread::scope(|scope| {
            scope.spawn(move || drop(registration));
        });
        assert!(dev.registration_guard().is_none());
        Ok(())
    })
}
