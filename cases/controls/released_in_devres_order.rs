//! A registration that is a managed resource like any other: a resource that was added later is
//! released before it, while userspace still calls ioctls.
//@ claim: foreign-owned-before-devres
//@ generations: api, linux-7.3
//@ violation: devres-order
use driver::{data, registration_data, with_parent, Probe};
use kernel::alloc::flags::GFP_KERNEL;
use kernel::error::Result;
use kernel::{device, devres, drm};

pub fn main() -> Result {
    with_parent(|parent| {
        let parent: *const device::Device<device::Bound> = parent.as_ref();
        // SAFETY: BREAKS the rule that a bound device is borrowed no longer than it is bound; only
        // so can the registration be a managed resource, which must be `'static`.
        let parent: &'static device::Device<device::Bound> = unsafe { &*parent };
        // SAFETY: As above.
        let below = unsafe { device::AsBusDevice::from_device(parent) };
        let dev = drm::UnregisteredDevice::<Probe>::new(below, data())?;
        let data = registration_data(7, None);
        // SAFETY: The registration is dropped when the parent is unbound. BREAKS nothing by itself:
        // the data does not use the resource that is added below. If it did, it could not be known.
        let registration = unsafe { drm::Registration::new(parent, dev, data, 0) }?;
        devres::register(parent, registration, GFP_KERNEL)?;
        devres::register(parent, 7u32, GFP_KERNEL)
    })
}
