//! A device that is bound for now can be taken for one that is bound for ever, by asking for it as
//! a device of its bus.
//!
//! `platform`, `pci` and the other buses implement `TryFrom<&device::Device<Ctx>>` for
//! `&Device<Ctx>`. The two lifetimes are elided, so they are different ones, and nothing ties the
//! result to what was borrowed: the caller may choose `'static`. What is `Bound` for ever reaches
//! registers and managed resources after the driver was unbound, and memory after the device is
//! gone.
//!
//! Here a driver keeps its device in a static, and adds a managed resource when nobody is bound any
//! more. `impl<'a, Ctx> TryFrom<&'a device::Device<Ctx>> for &'a Device<Ctx>` closes this.
//@ claim: bound-ends-with-unbind
//@ generations: linux-7.2
//@ violation: parent-not-bound
use driver::LocalModule;
use hw_stub::bus::PlatformDevice;
use kernel::device::{Bound, Core, Device};
use kernel::devres::Devres;
use kernel::error::to_result;
use kernel::prelude::*;
use kernel::{of, platform, ThisModule};
use std::sync::OnceLock;

static MODULE: ThisModule = LocalModule::THIS_MODULE;
static KEPT: OnceLock<Kept> = OnceLock::new();

/// What a platform device lends as a device, for ever.
struct Kept(&'static Device<Bound>);

struct Gpu;

kernel::of_device_table!(
    TABLE,
    MODULE_TABLE,
    (),
    [(of::DeviceId::new(c"arm,mali-valhall-csf"), ())]
);

impl platform::Driver for Gpu {
    type IdInfo = ();
    type Data<'bound> = ();
    const OF_ID_TABLE: Option<of::IdTable<Self::IdInfo>> = Some(&TABLE);

    fn probe<'bound>(
        pdev: &'bound platform::Device<Core<'_>>,
        _info: Option<&'bound ()>,
    ) -> impl PinInit<(), Error> + 'bound {
        let pdev: &platform::Device<Bound> = pdev;
        let dev: &Device<Bound> = pdev.as_ref();
        if let Ok(kept) = TryInto::<&'static platform::Device<Bound>>::try_into(dev) {
            let _ = KEPT.set(Kept(kept.as_ref()));
        }
        Ok(())
    }
}

pub fn main() -> Result {
    let driver = kernel::driver::Registration::<platform::Adapter<Gpu>>::new(c"gpu", &MODULE);
    let _driver = KBox::pin_init(driver, GFP_KERNEL)?;
    let builder = PlatformDevice::builder("gpu").compatible("arm,mali-valhall-csf");
    let device = builder.gpu().add();
    to_result(device.probe_result().unwrap_or_default())?;
    device.unbind();
    let kept = KEPT.get().ok_or(EINVAL)?;
    drop(Devres::<i32>::new(kept.0, Ok::<_, Error>(7))?);
    Ok(())
}
