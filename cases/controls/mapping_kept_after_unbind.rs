//! Registers that stay mapped when their device is unbound, because data of the registration did
//! not borrow them from the parent: the hardware may be off, or another driver's.
//@ claim: foreign-owned-borrows-parent-only
//@ violation: parent-not-bound
use driver::Loaded;
use hw_stub::bus::PlatformDevice;
use kernel::device::{Bound, Core};
use kernel::error::{code::ENODEV, to_result, Error, Result};
use kernel::io::mem::IoMem;
use kernel::io::Io;
use kernel::prelude::PinInit;
use kernel::{of, platform};
use std::sync::Mutex;

/// What should have been unmapped.
static KEPT: Mutex<Option<IoMem<'static, 4096>>> = Mutex::new(None);

struct Gpu;

fn map(pdev: &platform::Device<Bound>) -> Result {
    let pdev: *const platform::Device<Bound> = pdev;
    // SAFETY: BREAKS the rule that a bound device is borrowed no longer than it is bound.
    let pdev: &'static platform::Device<Bound> = unsafe { &*pdev };
    let request = pdev.io_request_by_index(0).ok_or(ENODEV)?;
    let registers = request.iomap_sized()?;
    if let Ok(mut kept) = KEPT.lock() {
        *kept = Some(registers);
    }
    Ok(())
}

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
        map(pdev)
    }
}

kernel::module_platform_driver! {
    type: Gpu,
    name: "mapping-kept",
    license: "Dual MIT/Apache-2.0",
}

pub fn main() -> Result {
    let module = (DriverModule::init_module, DriverModule::cleanup_module);
    // SAFETY: Both functions are the module's, and nobody else calls them.
    let _module = unsafe { Loaded::new(module.0, module.1) }?;
    let device = PlatformDevice::builder("gpu")
        .compatible("arm,mali-valhall-csf")
        .gpu()
        .add();
    to_result(device.probe_result().unwrap_or_default())?;
    device.unbind();
    let registers = KEPT.lock().map(|mut kept| kept.take());
    if let Ok(Some(registers)) = registers {
        registers.read32(0);
    }
    Ok(())
}
