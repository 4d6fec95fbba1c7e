//! A registration is over before its parent is gone.
//@ claim: registration-ends-before-borrows
//@ generations: api, linux-7.3
use driver::Other;
use kernel::drm::{driver::Registration, UnregisteredDevice};
use kernel::prelude::*;

#[cfg(not(twin))]
fn case(drm: UnregisteredDevice<Other>) -> Result {
    let registration;
    {
        let parent = kernel::faux::Registration::new(c"parent", None)?;
        let dev = parent.as_ref().as_ref(); //~ E0597 parent
                                            // SAFETY: It is dropped while the parent exists, if the compiler sees to it.
        registration = unsafe { Registration::new(dev, drm, (), 0) };
    }
    registration.map(drop)
}
#[cfg(twin)]
fn case(drm: UnregisteredDevice<Other>) -> Result {
    let parent = kernel::faux::Registration::new(c"parent", None)?;
    let dev = parent.as_ref().as_ref();
    // SAFETY: It is dropped while the parent exists.
    let registration = unsafe { Registration::new(dev, drm, (), 0) };
    registration.map(drop)
}

fn main() {}
