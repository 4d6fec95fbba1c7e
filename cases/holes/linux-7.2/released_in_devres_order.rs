//! By design, a resource that was added after registering is released before the registration ends.
//!
//! `new_foreign_owned()` hands the registration to `devres::register()`, so it is one managed
//! resource of many, and those are released in the reverse order. A driver that registers its DRM
//! device and then maps or requests something more loses that first, while clients still open the
//! device and call ioctls.
//!
//! Resources behind `Devres` tell their users that they are gone; an action or an object that was
//! registered as plain data does not. Registrations should end before any other resource, in the
//! bus adapter.
//@ claim: foreign-owned-before-devres
//@ generations: linux-7.2
//@ violation: devres-order
use driver::{data, with_parent, Probe};
use kernel::alloc::flags::GFP_KERNEL;
use kernel::error::Result;
use kernel::{devres, drm};

pub fn main() -> Result {
    with_parent(|parent| {
        let dev = drm::UnregisteredDevice::<Probe>::new(parent, data())?;
        drm::Registration::new_foreign_owned(dev, parent, 0)?;
        devres::register(parent, 7u32, GFP_KERNEL)
    })
}
