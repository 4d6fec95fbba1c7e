//! A registration that the bus owns needs a parent that is bound: somebody has to unbind it.
//@ claim: bound-ends-with-unbind
//@ generations: api
use driver::Other;
use kernel::drm::{driver::Registration, UnregisteredDevice};
use kernel::{device, faux, prelude::*};

fn data(_: &faux::Device<device::Bound>) -> Result<Pin<KBox<()>>> {
    Ok(KBox::pin((), GFP_KERNEL)?)
}

#[cfg(not(twin))]
fn case(parent: &faux::Device<device::Normal>, drm: UnregisteredDevice<Other>) -> Result {
    Registration::<Other>::new_foreign_owned_with(
        parent, //~ E0308 Bound
        drm, data, 0,
    )?;
    Ok(())
}
#[cfg(twin)]
fn case(parent: &faux::Device<device::Bound>, drm: UnregisteredDevice<Other>) -> Result {
    Registration::<Other>::new_foreign_owned_with(parent, drm, data, 0)?;
    Ok(())
}

fn main() {}
