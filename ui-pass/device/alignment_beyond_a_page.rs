//! Data of every kind lies where its alignment demands, also where that is more than a page.
//@ claim: allocation-covers-device
//@ generations: api, linux-7.3
use driver::{syscall, with_parent, with_registered, LocalModule};
use hw_stub::client::Node;
use kernel::drm::gem::{self, BaseObject};
use kernel::drm::{self, Device, Registered};
use kernel::error::Result;
use kernel::prelude::*;
use kernel::{device, faux, uapi};

const ALIGN: usize = 8192;

#[repr(align(8192))]
struct Far([u8; 16]);

impl Far {
    const fn new(byte: u8) -> Self {
        Self([byte; 16])
    }

    fn check(&self, byte: u8) {
        assert_eq!(core::ptr::from_ref(self).addr() % ALIGN, 0);
        assert_eq!(self.0, [byte; 16]);
    }
}

struct Gpu;

struct Client(Far);

impl drm::file::DriverFile for Client {
    type Driver = Gpu;

    fn open(dev: &Device<Gpu>) -> Result<Pin<KBox<Self>>> {
        dev.check(1);
        Ok(KBox::new(Self(Far::new(2)), GFP_KERNEL)?.into())
    }
}

struct Buffer(Far);

impl gem::DriverObject for Buffer {
    type Driver = Gpu;
    type Args = ();

    fn new(_dev: &Device<Gpu>, _size: usize, _args: ()) -> impl PinInit<Self, Error> {
        Ok(Self(Far::new(3)))
    }
}

#[vtable]
impl drm::Driver for Gpu {
    type OwnerModule = LocalModule;
    type Data = Far;
    type RegistrationData<'a> = Far;
    type Object = gem::Object<Buffer>;
    type File = Client;
    type ParentDevice<Ctx: device::DeviceContext> = faux::Device<Ctx>;

    const INFO: drm::DriverInfo = drm::DriverInfo {
        major: 0,
        minor: 0,
        patchlevel: 0,
        name: c"far",
        desc: c"A driver with large alignments",
    };

    kernel::declare_drm_ioctls! {
        (NOVA_GETPARAM, drm_nova_getparam, 0, Gpu::get_param),
        (NOVA_GEM_CREATE, drm_nova_gem_create, 0, Gpu::gem_create),
    }
}

impl Gpu {
    fn get_param(
        dev: &Device<Self, Registered>,
        data: &Far,
        _arg: &mut uapi::drm_nova_getparam,
        file: &drm::File<Client>,
    ) -> Result<u32> {
        dev.check(1);
        file.inner().get_ref().0.check(2);
        data.check(4);
        Ok(0)
    }

    fn gem_create(
        dev: &Device<Self, Registered>,
        _data: &Far,
        arg: &mut uapi::drm_nova_gem_create,
        file: &drm::File<Client>,
    ) -> Result<u32> {
        let object = gem::Object::<Buffer>::new(dev, 4096, ())?;
        object.0.check(3);
        arg.handle = object.create_handle(file)?;
        Ok(0)
    }
}

pub fn main() -> Result {
    with_parent(|parent| {
        let dev = drm::UnregisteredDevice::<Gpu>::new(parent, Ok::<_, Error>(Far::new(1)))?;
        let data = Ok::<_, Error>(Far::new(4));
        with_registered(parent.as_ref(), dev, data, |_| {
            let file = syscall(Node::primary(0).open())?;
            let mut arg = uapi::drm_nova_getparam::default();
            syscall(file.ioctl(uapi::DRM_IOCTL_NOVA_GETPARAM, &mut arg))?;
            let mut arg = uapi::drm_nova_gem_create::default();
            syscall(file.ioctl(uapi::DRM_IOCTL_NOVA_GEM_CREATE, &mut arg))?;
            Ok(())
        })
    })
}
