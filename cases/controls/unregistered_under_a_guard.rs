//! Unregistering instead of unplugging: it does not wait for a handler, whose registration data
//! borrows what ends next.
//@ claim: registration-drop-unplugs
//@ generations: api, linux-7.3
//@ violation: use-after-free
use driver::{ioctl_device, minimal_driver, with_parent};
use kernel::alloc::{flags::GFP_KERNEL, KBox};
use kernel::drm::{self, Device};
use kernel::error::{code::ENODEV, Error, Result};

minimal_driver!(Gpu, GpuClient, GpuBuffer, data: (),
    registration_data<'a>: &'a u64, parent: faux, ioctls: {});

pub fn main() -> Result {
    let borrowed = KBox::into_raw(KBox::new(7u64, GFP_KERNEL)?);
    with_parent(|parent| {
        let dev = drm::UnregisteredDevice::<Gpu>::new(parent, Ok(()))?;
        // SAFETY: The box is alive. BREAKS the rule that what the data borrows is freed only after
        // the registration has ended.
        let data = Ok::<_, Error>(unsafe { &*borrowed });
        // SAFETY: The registration is dropped at the end of this closure.
        let registration = unsafe { drm::Registration::new(parent.as_ref(), dev, data, 0) }?;
        let guard = ioctl_device(&registration).registration_guard();
        guard.ok_or(ENODEV)?.registration_data_with(|data| {
            let dev: *const Device<Gpu> = registration.device();
            // SAFETY: `struct drm_device` is the first field of a device, which is registered.
            unsafe { bindings::drm_dev_unregister(dev.cast_mut().cast()) };
            // SAFETY: It was made above. BREAKS the rule that nobody uses it: this handler does.
            drop(unsafe { KBox::from_raw(borrowed) });
            assert_eq!(**data, 7);
        });
        Ok(())
    })
}
