//! A driver forgets the registration of an auxiliary device, which outlives the driver's own binding.
//!
//! `auxiliary::Registration::new` is safe when the registration data borrows nothing. The registration
//! may be given to `mem::forget`, or to a leaked box, and then the part stays on the bus when its
//! parent is unbound. `Device::<Bound>::parent` takes for granted that a bound part has a bound parent:
//! the driver of the part, which did nothing wrong, is lent a bound device that nobody is bound to,
//! and maps its registers or adds managed resources that nobody releases. For nova the part carries
//! the DRM device.
//!
//! Where: `rust/kernel/auxiliary.rs`, `Registration::new` and `Device::<Bound>::parent`.
//!
//! To close it: `Registration::new` is as unsafe as `new_with_lt`, or the parent owns the registration
//! by a managed resource, which ends before the parent is unbound.
//@ claim: bound-ends-with-unbind
//@ generations: linux-7.3
//@ violation: parent-not-bound + device-leak + memory-leak
use driver::{with_parent, LocalModule};
use kernel::auxiliary;
use kernel::device::Core;
use kernel::devres::Devres;
use kernel::prelude::*;
use kernel::types::ForLt;
use kernel::{ModuleMetadata, ThisModule};

static MODULE: ThisModule = LocalModule::THIS_MODULE;

/// The driver of the part.
struct PartDriver;

kernel::auxiliary_device_table!(
    TABLE,
    (),
    [(auxiliary::DeviceId::new(c"case", c"part"), ())]
);

impl auxiliary::Driver for PartDriver {
    type IdInfo = ();
    type Data<'bound> = ();
    const ID_TABLE: auxiliary::IdTable<Self::IdInfo> = &TABLE;

    fn probe<'bound>(
        _part: &'bound auxiliary::Device<Core<'_>>,
        _info: &'bound (),
    ) -> impl PinInit<(), Error> + 'bound {
        Ok(())
    }

    fn unbind<'bound>(part: &'bound auxiliary::Device<Core<'_>>, _: Pin<&()>) {
        drop(Devres::<i32>::new(part.parent(), Ok::<_, Error>(7)));
    }
}

pub fn main() -> Result {
    let driver =
        kernel::driver::Registration::<auxiliary::Adapter<PartDriver>>::new(c"part", &MODULE);
    let driver = KBox::pin_init(driver, GFP_KERNEL)?;
    with_parent(|parent| {
        let part = auxiliary::Registration::<ForLt!(u32)>::new(
            parent.as_ref(),
            c"part",
            0,
            c"case",
            Ok::<_, Error>(7),
        )?;
        core::mem::forget(part);
        Ok(())
    })?;
    drop(driver);
    Ok(())
}
