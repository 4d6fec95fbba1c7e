//! A registration that the bus owns ends before a managed resource that was added after it.
//@ claim: foreign-owned-before-devres
use driver::{data, registration_data, Probe};
use kernel::alloc::flags::GFP_KERNEL;
use kernel::drm::{self, EverRegistered};
use kernel::error::Result;
use kernel::{devres, faux};
use std::sync::atomic::{AtomicBool, Ordering};

static WAS_REGISTERED: AtomicBool = AtomicBool::new(false);

/// A resource that looks at the device when it is released.
struct Later(EverRegistered<Probe>);

impl Drop for Later {
    fn drop(&mut self) {
        let is_registered = self.0.registration_guard().is_some();
        WAS_REGISTERED.store(is_registered, Ordering::Relaxed);
    }
}

pub fn main() -> Result {
    let parent = faux::Registration::new(c"parent", None)?;
    let bound = parent.as_ref().as_ref();
    let dev = drm::UnregisteredDevice::<Probe>::new(parent.as_ref(), data())?;
    let dev = drm::Registration::new_foreign_owned(bound, dev, registration_data(7, None), 0)?;
    devres::register(bound, Later(dev.into()), GFP_KERNEL)?;
    assert!(dev.registration_guard().is_some());
    drop(parent);
    assert!(!WAS_REGISTERED.load(Ordering::Relaxed));
    Ok(())
}
