//! A probe that fails after its device was registered takes the registration back, before the
//! resources that it had added since.
//@ claim: foreign-owned-before-devres
use driver::{minimal_driver, refused, Loaded};
use hw_stub::bus::AuxiliaryDevice;
use hw_stub::client;
use kernel::alloc::flags::GFP_KERNEL;
use kernel::device::Core;
use kernel::drm::{self, EverRegistered};
use kernel::error::{code::EBUSY, to_result, Error, Result};
use kernel::prelude::PinInit;
use kernel::{auxiliary, devres};
use std::sync::atomic::{AtomicBool, Ordering};

static WAS_REGISTERED: AtomicBool = AtomicBool::new(false);

minimal_driver!(Gpu, GpuClient, GpuBuffer, data: (),
    registration_data<'a>: (), parent: auxiliary, ioctls: {});

kernel::auxiliary_device_table!(
    TABLE,
    (),
    [(auxiliary::DeviceId::new(c"core", c"part"), ())]
);

/// A resource that looks at the device when it is released.
struct Later(EverRegistered<Gpu>);

impl Drop for Later {
    fn drop(&mut self) {
        let is_registered = self.0.registration_guard().is_some();
        WAS_REGISTERED.store(is_registered, Ordering::Relaxed);
    }
}

impl auxiliary::Driver for Gpu {
    type IdInfo = ();
    type Data<'bound> = ();
    const ID_TABLE: auxiliary::IdTable<Self::IdInfo> = &TABLE;

    fn probe<'bound>(
        adev: &'bound auxiliary::Device<Core<'_>>,
        _info: &'bound (),
    ) -> impl PinInit<(), Error> + 'bound {
        let dev = drm::UnregisteredDevice::<Gpu>::new(adev, Ok(()))?;
        let dev = drm::Registration::new_foreign_owned(adev.as_ref(), dev, (), 0)?;
        devres::register(adev.as_ref(), Later(dev.into()), GFP_KERNEL)?;
        Err::<(), _>(EBUSY)
    }
}

kernel::module_auxiliary_driver! {
    type: Gpu,
    name: "failed-probe",
    license: "Dual MIT/Apache-2.0",
}

pub fn main() -> Result {
    let device = AuxiliaryDevice::add("core", "part", 0);
    let module = (DriverModule::init_module, DriverModule::cleanup_module);
    // SAFETY: Both functions are the module's, and nobody else calls them.
    let _module = unsafe { Loaded::new(module.0, module.1) }?;
    refused(to_result(device.probe_result().unwrap_or_default()), EBUSY)?;
    assert!(!device.is_bound());
    assert!(client::primary_nodes().is_empty());
    assert!(!WAS_REGISTERED.load(Ordering::Relaxed));
    Ok(())
}
