//! A GPU driver in the shape of nova: it serves an auxiliary device of a core driver, with three
//! ioctls, GEM objects, and firmware that answers questions.
//!
//! It is written as for the kernel and contains nothing that the compiler does not check. The
//! program around it plays the firmware.

use super::firmware;

use kernel::{
    auxiliary,
    device::{
        Bound,
        Core,
        DeviceContext, //
    },
    drm::{
        self,
        gem,
        gem::BaseObject,
        ioctl,
        Registered, //
    },
    page,
    prelude::*,
    sync::aref::ARef,
    uapi, //
};

/// The driver, on the auxiliary bus and for DRM.
pub struct NovaDriver;

type NovaDevice<Ctx = drm::Normal> = drm::Device<NovaDriver, Ctx>;

/// What the driver keeps while it is bound to an auxiliary device.
pub struct Nova<'bound> {
    drm: &'bound NovaDevice<drm::Ioctl>,
}

/// What the driver keeps while userspace can reach its device.
pub struct NovaData<'drm> {
    adev: &'drm auxiliary::Device<Bound>,
    /// Where the firmware logs to; made before userspace knew the device.
    log: ARef<gem::Object<NovaObject>>,
}

kernel::auxiliary_device_table!(
    AUX_TABLE,
    <NovaDriver as auxiliary::Driver>::IdInfo,
    [(auxiliary::DeviceId::new(c"nova-core", c"nova-drm"), ())]
);

impl auxiliary::Driver for NovaDriver {
    type IdInfo = ();
    type Data<'bound> = Nova<'bound>;
    const ID_TABLE: auxiliary::IdTable<Self::IdInfo> = &AUX_TABLE;

    fn probe<'bound>(
        adev: &'bound auxiliary::Device<Core<'_>>,
        _info: &'bound Self::IdInfo,
    ) -> impl PinInit<Self::Data<'bound>, Error> + 'bound {
        let drm = drm::UnregisteredDevice::<Self>::new(adev, Ok(()))?;
        let log = NovaObject::new(&drm, page::PAGE_SIZE)?;
        let drm = drm::Registration::<Self>::new_foreign_owned_with(
            adev,
            drm,
            |adev| Ok(KBox::new(NovaData { adev, log }, GFP_KERNEL)?.into()),
            0,
        )?;

        dev_info!(adev, "part {} serves userspace\n", adev.id());
        Ok(Nova { drm })
    }

    fn unbind<'bound>(adev: &'bound auxiliary::Device<Core<'_>>, this: Pin<&Nova<'bound>>) {
        if this.drm.registration_guard().is_none() {
            dev_info!(adev, "userspace is gone\n");
        }
    }
}

#[vtable]
impl drm::Driver for NovaDriver {
    // This file is not the root of its crate, where `#[vtable]` would look for the module.
    type OwnerModule = LocalModule;
    type Data = ();
    type RegistrationData<'drm> = NovaData<'drm>;
    type File = File;
    type Object = gem::Object<NovaObject>;
    type ParentDevice<Ctx: DeviceContext> = auxiliary::Device<Ctx>;

    const INFO: drm::DriverInfo = drm::DriverInfo {
        major: 0,
        minor: 0,
        patchlevel: 0,
        name: c"nova-like",
        desc: c"Graphics and compute, on the auxiliary bus",
    };

    kernel::declare_drm_ioctls! {
        (NOVA_GETPARAM, drm_nova_getparam, ioctl::RENDER_ALLOW, File::get_param),
        (NOVA_GEM_CREATE, drm_nova_gem_create, ioctl::AUTH | ioctl::RENDER_ALLOW, File::gem_create),
        (NOVA_GEM_INFO, drm_nova_gem_info, ioctl::AUTH | ioctl::RENDER_ALLOW, File::gem_info),
    }
}

/// What the driver keeps for an open file.
pub struct File;

impl drm::file::DriverFile for File {
    type Driver = NovaDriver;

    fn open(_dev: &NovaDevice) -> Result<Pin<KBox<Self>>> {
        Ok(KBox::new(Self, GFP_KERNEL)?.into())
    }
}

impl File {
    fn get_param(
        dev: &NovaDevice<Registered>,
        data: &NovaData<'_>,
        arg: &mut uapi::drm_nova_getparam,
        _file: &drm::File<File>,
    ) -> Result<u32> {
        let adev: &auxiliary::Device<Bound> = dev.as_ref();
        if adev.id() != data.adev.id() {
            return Err(ENXIO);
        }
        arg.value = match u32::try_from(arg.param)? {
            uapi::NOVA_GETPARAM_VRAM_BAR_SIZE => firmware::ask(data.log.size()),
            _ => return Err(EINVAL),
        };
        Ok(0)
    }

    fn gem_create(
        dev: &NovaDevice<Registered>,
        _data: &NovaData<'_>,
        arg: &mut uapi::drm_nova_gem_create,
        file: &drm::File<File>,
    ) -> Result<u32> {
        let obj = NovaObject::new(dev, arg.size.try_into()?)?;
        arg.handle = obj.create_handle(file)?;
        Ok(0)
    }

    fn gem_info(
        _dev: &NovaDevice<Registered>,
        _data: &NovaData<'_>,
        arg: &mut uapi::drm_nova_gem_info,
        file: &drm::File<File>,
    ) -> Result<u32> {
        let obj = gem::Object::<NovaObject>::lookup_handle(file, arg.handle)?;
        arg.size = obj.size().try_into()?;
        Ok(0)
    }
}

/// What the driver keeps for a GEM object.
#[pin_data]
pub struct NovaObject {}

impl gem::DriverObject for NovaObject {
    type Driver = NovaDriver;
    type Args = ();

    fn new(_dev: &NovaDevice, _size: usize, _args: ()) -> impl PinInit<Self, Error> {
        try_pin_init!(NovaObject {})
    }
}

impl NovaObject {
    fn new(dev: &NovaDevice, size: usize) -> Result<ARef<gem::Object<Self>>> {
        let size = page::page_align(size).ok_or(EINVAL)?;
        gem::Object::<Self>::new(dev, size, ())
    }
}

kernel::module_auxiliary_driver! {
    type: NovaDriver,
    name: "nova-like",
    description: "A GPU driver on the auxiliary bus",
    license: "Dual MIT/Apache-2.0",
}
