//! A driver is told when a file gets its first handle of an object and when it has lost its last,
//! and may refuse.
//@ claim: driver-owns-object
//@ generations: api, linux-7.3
use driver::{refused, syscall, with_parent, ClosingFile, LocalModule as Module};
use hw_stub::client::{File, Node};
use kernel::drm::gem::{self, BaseObject};
use kernel::drm::{self, Device, Registered};
use kernel::error::{code::EACCES, Result};
use kernel::prelude::*;
use kernel::{device, faux, uapi};
use std::sync::atomic::{AtomicU64, Ordering};

struct Gpu;

/// Counts the objects that the client has handles of.
struct Client {
    objects: AtomicU64,
}

impl drm::file::DriverFile for Client {
    type Driver = Gpu;

    fn open(_dev: &Device<Gpu>) -> Result<Pin<KBox<Self>>> {
        let objects = AtomicU64::new(0);
        Ok(KBox::new(Self { objects }, GFP_KERNEL)?.into())
    }
}

struct Buffer;

impl gem::DriverObject for Buffer {
    type Driver = Gpu;
    type Args = ();

    fn new(_dev: &Device<Gpu>, _size: usize, _args: ()) -> impl PinInit<Self, Error> {
        Ok(Self)
    }

    fn open(_obj: &gem::Object<Self>, file: &drm::File<Client>) -> Result {
        let count = |objects| (objects < 2).then_some(objects + 1);
        let objects = &file.inner().get_ref().objects;
        let counted = objects.fetch_update(Ordering::Relaxed, Ordering::Relaxed, count);
        counted.map(drop).map_err(|_| EACCES)
    }

    fn close(_obj: &gem::Object<Self>, file: &ClosingFile<Client>) {
        file.inner().objects.fetch_sub(1, Ordering::Relaxed);
    }
}

#[vtable]
impl drm::Driver for Gpu {
    type OwnerModule = Module;
    type Data = ();
    type RegistrationData<'a> = ();
    type Object = gem::Object<Buffer>;
    type File = Client;
    type ParentDevice<Ctx: device::DeviceContext> = faux::Device<Ctx>;

    const INFO: drm::DriverInfo = drm::DriverInfo {
        major: 0,
        minor: 0,
        patchlevel: 0,
        name: c"thrifty",
        desc: c"Gives a client two objects",
    };

    kernel::declare_drm_ioctls! {
        (NOVA_GETPARAM, drm_nova_getparam, 0, Gpu::count),
        (NOVA_GEM_CREATE, drm_nova_gem_create, 0, Gpu::create),
    }
}

impl Gpu {
    fn count(
        _dev: &Device<Self, Registered>,
        _data: &(),
        arg: &mut uapi::drm_nova_getparam,
        file: &drm::File<Client>,
    ) -> Result<u32> {
        arg.value = file.inner().objects.load(Ordering::Relaxed);
        Ok(0)
    }

    fn create(
        dev: &Device<Self, Registered>,
        _data: &(),
        arg: &mut uapi::drm_nova_gem_create,
        file: &drm::File<Client>,
    ) -> Result<u32> {
        let object = gem::Object::<Buffer>::new(dev, 4096, ())?;
        arg.handle = object.create_handle(file)?;
        Ok(0)
    }
}

pub fn main() -> Result {
    with_parent(|parent| {
        let dev = drm::UnregisteredDevice::<Gpu>::new(parent, Ok(()))?;
        // SAFETY: The registration is dropped at the end of this closure, below a bound parent.
        let _registration = unsafe { drm::Registration::new(parent.as_ref(), dev, (), 0) }?;
        let file = syscall(Node::primary(0).open())?;
        let first = create(&file)?;
        create(&file)?;
        refused(create(&file), EACCES)?;
        assert_eq!(count(&file)?, 2);
        syscall(file.gem_close(first))?;
        assert_eq!(count(&file)?, 1);
        create(&file).map(drop)
    })
}

fn create(file: &File) -> Result<u32> {
    let mut arg = uapi::drm_nova_gem_create::default();
    syscall(file.ioctl(uapi::DRM_IOCTL_NOVA_GEM_CREATE, &mut arg))?;
    Ok(arg.handle)
}

fn count(file: &File) -> Result<u64> {
    let mut arg = uapi::drm_nova_getparam::default();
    syscall(file.ioctl(uapi::DRM_IOCTL_NOVA_GETPARAM, &mut arg))?;
    Ok(arg.value)
}
