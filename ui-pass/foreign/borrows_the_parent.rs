//! Data of a registration that the bus owns holds the parent that it is given, as long as it is
//! bound.
//@ claim: foreign-owned-borrows-parent-only
use driver::{data, registration_data, Probe};
use kernel::alloc::{flags::GFP_KERNEL, KBox};
use kernel::drm;
use kernel::error::{code::ENODEV, Result};
use kernel::faux;
use kernel::prelude::InPlaceInit;

pub fn main() -> Result {
    let parent = faux::Registration::new(c"parent", None)?;
    let dev = drm::UnregisteredDevice::<Probe>::new(parent.as_ref(), data())?;
    let dev = drm::Registration::<Probe>::new_foreign_owned_with(
        parent.as_ref(),
        dev,
        |parent| KBox::pin_init(registration_data(7, Some(parent.as_ref())), GFP_KERNEL),
        0,
    )?;
    let guard = dev.registration_guard().ok_or(ENODEV)?;
    guard.registration_data_with(|data| {
        assert_eq!(data.parent.map(|parent| parent.name()), Some(c"parent"));
    });
    Ok(())
}
