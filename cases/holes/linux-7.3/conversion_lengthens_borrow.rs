//! A bound device that is looked at as a device of its bus is bound for ever.
//!
//! `&device::Device<Ctx>` converts to `&platform::Device<Ctx>` and `&pci::Device<Ctx>`. The lifetimes
//! of the two references are elided in the header of the implementation, where each `&` gets one of
//! its own, and the result is made from a raw pointer: the caller chooses how long it lives. With
//! `Bound`, that is what the driver core lends for the time of a binding. A driver keeps it, and maps
//! registers or adds managed resources after its device was unbound, when another driver has it.
//!
//! Where: `rust/kernel/platform.rs` and `rust/kernel/pci.rs`,
//! `impl TryFrom<&device::Device<Ctx>> for &Device<Ctx>`.
//!
//! To close it: `impl<'a, Ctx: …> TryFrom<&'a device::Device<Ctx>> for &'a Device<Ctx>`.
//@ claim: bound-ends-with-unbind
//@ generations: linux-7.3
//@ violation: parent-not-bound
use core::cell::Cell;
use driver::LocalModule;
use hw_stub::bus::PlatformDevice;
use kernel::device::{Bound, Core};
use kernel::devres::Devres;
use kernel::error::{code::EINVAL, to_result, Error, Result};
use kernel::prelude::*;
use kernel::{device, of, platform, ModuleMetadata, ThisModule};

thread_local! {
    /// What the driver keeps.
    static KEPT: Cell<Option<&'static platform::Device<Bound>>> = const { Cell::new(None) };
}

static MODULE: ThisModule = LocalModule::THIS_MODULE;

struct Gpu;

kernel::of_device_table!(
    TABLE,
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
        let dev: &device::Device<Bound> = pdev.as_ref();
        let kept: Result<&'static platform::Device<Bound>> = dev.try_into();
        KEPT.set(kept.ok());
        Ok(())
    }
}

pub fn main() -> Result {
    let registration = kernel::driver::Registration::<platform::Adapter<Gpu>>::new(c"gpu", &MODULE);
    let _driver = KBox::pin_init(registration, GFP_KERNEL)?;
    let device = PlatformDevice::builder("gpu")
        .compatible("arm,mali-valhall-csf")
        .gpu()
        .add();
    to_result(device.probe_result().unwrap_or_default())?;
    device.unbind();
    let kept = KEPT.take().ok_or(EINVAL)?;
    drop(Devres::<i32>::new(kept.as_ref(), Ok::<_, Error>(7))?);
    Ok(())
}
