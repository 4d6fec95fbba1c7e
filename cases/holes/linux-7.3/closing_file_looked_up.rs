//! An object that is closed with its file looks up another, which is gone already.
//!
//! `drm_gem_release()` calls `close` for each handle of a file, and takes none of them out of the
//! file's table before it has called them all. `DriverObject::close` gets the open `File`. In it,
//! `BaseObject::lookup_handle` finds a handle that was closed just before, whose object may have been
//! freed with it, and counts a reference in freed memory.
//!
//! Where: `rust/kernel/drm/gem/mod.rs`, `DriverObject::close`; `drivers/gpu/drm/drm_gem.c`,
//! `drm_gem_release`.
//!
//! To close it: give `close` a type that offers the file's data only, or take each handle out of the
//! table before its `close`, as `drm_gem_handle_delete` does.
//@ claim: closing-file-has-no-handles
//@ generations: linux-7.3
//@ violation: use-after-free
use driver::{syscall, with_parent, with_registered, LocalModule};
use hw_stub::client::{File, Node};
use kernel::drm::gem::{self, BaseObject};
use kernel::drm::{self, Device, Registered};
use kernel::error::Result;
use kernel::prelude::*;
use kernel::{device, faux, uapi};

struct Gpu;

struct Client;

impl drm::file::DriverFile for Client {
    type Driver = Gpu;

    fn open(_dev: &Device<Gpu>) -> Result<Pin<KBox<Self>>> {
        Ok(KBox::new(Self, GFP_KERNEL)?.into())
    }
}

struct Buffer;

impl gem::DriverObject for Buffer {
    type Driver = Gpu;
    type Args = ();

    fn new(_dev: &Device<Gpu>, _size: usize, _args: ()) -> impl PinInit<Self, Error> {
        Ok(Self)
    }

    fn close(_obj: &gem::Object<Self>, file: &drm::File<Client>) {
        let _ = gem::Object::<Self>::lookup_handle(file, 1);
    }
}

#[vtable]
impl drm::Driver for Gpu {
    type OwnerModule = LocalModule;
    type Data = ();
    type RegistrationData<'a> = ();
    type Object = gem::Object<Buffer>;
    type File = Client;
    type ParentDevice<Ctx: device::DeviceContext> = faux::Device<Ctx>;

    const INFO: drm::DriverInfo = drm::DriverInfo {
        major: 0,
        minor: 0,
        patchlevel: 0,
        name: c"closing",
        desc: c"Looks up what is gone",
    };

    kernel::declare_drm_ioctls! {
        (NOVA_GETPARAM, drm_nova_getparam, 0, Gpu::get_param),
        (NOVA_GEM_CREATE, drm_nova_gem_create, 0, Gpu::create),
    }
}

impl Gpu {
    fn get_param(
        _dev: &Device<Self, Registered>,
        _data: &(),
        _arg: &mut uapi::drm_nova_getparam,
        _file: &drm::File<Client>,
    ) -> Result<u32> {
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
        let dev = drm::UnregisteredDevice::<Gpu>::new(parent, Ok::<_, Error>(()))?;
        let data = Ok::<_, Error>(());
        with_registered(parent.as_ref(), dev, data, |_| {
            let file = syscall(Node::primary(0).open())?;
            create(&file)?;
            create(&file)?;
            drop(file);
            Ok(())
        })
    })
}

fn create(file: &File) -> Result<u32> {
    let mut arg = uapi::drm_nova_gem_create::default();
    syscall(file.ioctl(uapi::DRM_IOCTL_NOVA_GEM_CREATE, &mut arg))?;
    Ok(arg.handle)
}
