//! A device without a render node has no minor number of one.
//@ claim: minor-needs-registered
use driver::{minimal_driver, refused};
use kernel::drm;
use kernel::error::{code::ENODEV, Result};
use kernel::faux;

minimal_driver!(Gpu, GpuClient, GpuBuffer, data: (), ioctls: {});

pub fn main() -> Result {
    let parent = faux::Registration::new(c"parent", None)?;
    let dev = drm::UnregisteredDevice::<Gpu>::new(parent.as_ref(), Ok(()))?;
    let dev = drm::Registration::new_foreign_owned(parent.as_ref().as_ref(), dev, (), 0)?;
    let guard = dev.registration_guard().ok_or(ENODEV)?;
    assert_eq!(guard.primary_minor()?, 0);
    refused(guard.render_minor(), ENODEV)
}
