//! A registration fails for want of its parent; a new device is registered in its place.
//@ claim: register-consumes
//@ generations: api, linux-7.3
use driver::{data, refused, registration_data, with_parent, Probe};
use kernel::drm;
use kernel::error::{code::EINVAL, Result};

pub fn main() -> Result {
    with_parent(|parent| {
        with_parent(|other| {
            for (bound, is_parent) in [(other, false), (parent, true)] {
                let dev = drm::UnregisteredDevice::<Probe>::new(parent, data())?;
                let data = registration_data(7, None);
                // SAFETY: The registration is dropped in this loop, while its parent is bound.
                let result = unsafe { drm::Registration::new(bound.as_ref(), dev, data, 0) };
                if is_parent {
                    assert_eq!(result?.device().value, 7);
                } else {
                    refused(result, EINVAL)?;
                }
            }
            Ok(())
        })
    })
}
