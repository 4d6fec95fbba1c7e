//! A registration that the bus owns ends before the driver is asked to unbind and before its data
//! is dropped; no other can be added then.
//@ claim: foreign-owned-before-devres
use driver::{minimal_driver, Loaded};
use hw_stub::bus::AuxiliaryDevice;
use kernel::auxiliary;
use kernel::device::Core;
use kernel::drm::{self, EverRegistered};
use kernel::error::{code::ENODEV, to_result, Error, Result};
use kernel::prelude::{Pin, PinInit};
use std::sync::atomic::{AtomicU32, Ordering};

/// How often the driver saw its device unregistered, as it must be.
static SEEN: AtomicU32 = AtomicU32::new(0);

minimal_driver!(Gpu, GpuClient, GpuBuffer, data: (),
    registration_data<'a>: (), parent: auxiliary, ioctls: {});

kernel::auxiliary_device_table!(
    TABLE,
    (),
    [(auxiliary::DeviceId::new(c"core", c"part"), ())]
);

/// What the driver keeps while it is bound.
pub struct Data {
    drm: EverRegistered<Gpu>,
}

impl Data {
    fn look(&self) {
        if self.drm.registration_guard().is_none() {
            SEEN.fetch_add(1, Ordering::Relaxed);
        }
    }
}

impl Drop for Data {
    fn drop(&mut self) {
        self.look();
    }
}

impl auxiliary::Driver for Gpu {
    type IdInfo = ();
    type Data<'bound> = Data;
    const ID_TABLE: auxiliary::IdTable<Self::IdInfo> = &TABLE;

    fn probe<'bound>(
        adev: &'bound auxiliary::Device<Core<'_>>,
        _info: &'bound (),
    ) -> impl PinInit<Data, Error> + 'bound {
        let dev = drm::UnregisteredDevice::<Gpu>::new(adev, Ok(()))?;
        let dev = drm::Registration::new_foreign_owned(adev.as_ref(), dev, (), 0)?;
        Ok(Data { drm: dev.into() })
    }

    fn unbind(adev: &auxiliary::Device<Core<'_>>, this: Pin<&Data>) {
        this.look();
        let refused = drm::UnregisteredDevice::<Gpu>::new(adev, Ok(()))
            .and_then(|dev| drm::Registration::new_foreign_owned(adev.as_ref(), dev, (), 0));
        if refused.is_err_and(|error| error == ENODEV) {
            SEEN.fetch_add(1, Ordering::Relaxed);
        }
    }
}

kernel::module_auxiliary_driver! {
    type: Gpu,
    name: "ends-before-driver-data",
    license: "Dual MIT/Apache-2.0",
}

pub fn main() -> Result {
    let device = AuxiliaryDevice::add("core", "part", 0);
    let module = (DriverModule::init_module, DriverModule::cleanup_module);
    // SAFETY: Both functions are the module's, and nobody else calls them.
    let module = unsafe { Loaded::new(module.0, module.1) }?;
    to_result(device.probe_result().unwrap_or_default())?;
    drop(module);
    match SEEN.load(Ordering::Relaxed) {
        3 => Ok(()),
        // The attempt in `unbind` failed for want of memory.
        _ if hw_stub::fault::fired().is_some() => Err(kernel::error::code::ENOMEM),
        seen => panic!("seen {seen} times of 3"),
    }
}
