//! The probe driver: everything a DRM driver can have, as small as it can be.

use crate::Tracked;
use kernel::drm::gem::BaseObject;
use kernel::drm::{self, ioctl, Registered};
use kernel::prelude::*;
use kernel::{page, uapi};

/// A DRM driver with nova's three ioctls.
pub struct Probe;

/// Data of a [`Probe`] device.
#[pin_data]
pub struct Data {
    /// A value to read.
    pub value: u32,
    #[pin]
    tracked: Tracked,
}

/// Data of a [`Probe`] device with value 7.
pub fn data() -> impl PinInit<Data, Error> {
    try_pin_init!(Data {
        value: 7,
        tracked <- Tracked::new("device data"),
    })
}

/// Data whose initialisation fails with `EIO` after its first part was initialised.
pub fn failing_data() -> impl PinInit<Data, Error> {
    try_pin_init!(Data {
        tracked <- Tracked::new("device data"),
        value: fails()?,
    })
}

fn fails<T>() -> Result<T> {
    Err(EIO)
}

/// What [`Probe`] keeps for an open file.
#[pin_data]
pub struct Client {
    #[pin]
    tracked: Tracked,
}

impl drm::file::DriverFile for Client {
    type Driver = Probe;

    fn open(_dev: &drm::Device<Probe>) -> Result<Pin<KBox<Self>>> {
        KBox::pin_init(
            try_pin_init!(Self {
                tracked <- Tracked::new("file data"),
            }),
            GFP_KERNEL,
        )
    }
}

impl Client {
    fn get_param(
        dev: &drm::Device<Probe, Registered>,
        arg: &mut uapi::drm_nova_getparam,
        _file: &drm::File<Client>,
    ) -> Result<u32> {
        arg.value = dev.value.into();
        Ok(0)
    }

    fn gem_create(
        dev: &drm::Device<Probe, Registered>,
        arg: &mut uapi::drm_nova_gem_create,
        file: &drm::File<Client>,
    ) -> Result<u32> {
        let size = page::page_align(arg.size as usize).ok_or(EINVAL)?;
        let obj = drm::gem::Object::<Buffer>::new(dev, size, ())?;
        arg.handle = obj.create_handle(file)?;
        Ok(0)
    }

    fn gem_info(
        _dev: &drm::Device<Probe, Registered>,
        arg: &mut uapi::drm_nova_gem_info,
        file: &drm::File<Client>,
    ) -> Result<u32> {
        let obj = drm::gem::Object::<Buffer>::lookup_handle(file, arg.handle)?;
        arg.size = obj.size() as u64;
        Ok(0)
    }
}

/// What [`Probe`] keeps for a GEM object.
#[pin_data]
pub struct Buffer {
    #[pin]
    tracked: Tracked,
}

impl drm::gem::DriverObject for Buffer {
    type Driver = Probe;
    type Args = ();

    fn new<Ctx: drm::DeviceContext>(
        _dev: &drm::Device<Probe, Ctx>,
        _size: usize,
        _args: (),
    ) -> impl PinInit<Self, Error> {
        try_pin_init!(Self {
            tracked <- Tracked::new("object data"),
        })
    }
}

#[vtable]
impl drm::Driver for Probe {
    type Data = Data;
    type Object<Ctx: drm::DeviceContext> = drm::gem::Object<Buffer, Ctx>;
    type File = Client;

    const INFO: drm::DriverInfo = drm::DriverInfo {
        major: 1,
        minor: 0,
        patchlevel: 0,
        name: c"probe",
        desc: c"A driver to probe the API with",
    };
    const FEAT_RENDER: bool = true;

    kernel::declare_drm_ioctls! {
        (NOVA_GETPARAM, drm_nova_getparam, ioctl::RENDER_ALLOW, Client::get_param),
        (NOVA_GEM_CREATE, drm_nova_gem_create, ioctl::AUTH | ioctl::RENDER_ALLOW, Client::gem_create),
        (NOVA_GEM_INFO, drm_nova_gem_info, ioctl::AUTH | ioctl::RENDER_ALLOW, Client::gem_info),
    }
}
