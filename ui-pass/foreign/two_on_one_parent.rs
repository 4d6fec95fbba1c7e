//! Two registrations that one parent owns end together, the newer one first.
//@ claim: foreign-owned-before-devres
use driver::{data, minimal_driver, registration_data, Probe};
use kernel::drm::{self, EverRegistered};
use kernel::error::{Error, Result};
use kernel::faux;
use std::sync::atomic::{AtomicBool, Ordering};

static OLDER_LIVED: AtomicBool = AtomicBool::new(true);

/// Registration data that looks at the older device when it is dropped.
pub struct Newer(EverRegistered<Probe>);

impl Drop for Newer {
    fn drop(&mut self) {
        OLDER_LIVED.store(self.0.registration_guard().is_some(), Ordering::Relaxed);
    }
}

minimal_driver!(Gpu, GpuClient, GpuBuffer, data: (),
    registration_data<'a>: Newer, parent: faux, ioctls: {});

pub fn main() -> Result {
    let parent = faux::Registration::new(c"parent", None)?;
    let bound = parent.as_ref().as_ref();
    let older = drm::UnregisteredDevice::<Probe>::new(parent.as_ref(), data())?;
    let older = drm::Registration::new_foreign_owned(bound, older, registration_data(7, None), 0)?;
    let newer = drm::UnregisteredDevice::<Gpu>::new(parent.as_ref(), Ok(()))?;
    let data = Ok::<_, Error>(Newer(older.into()));
    drm::Registration::new_foreign_owned(bound, newer, data, 0)?;
    drop(parent);
    assert!(OLDER_LIVED.load(Ordering::Relaxed));
    Ok(())
}
