//! An object that is closed with its file makes a handle that nobody closes.
//!
//! `drm_gem_release()` goes through the handles of a file in their order. `DriverObject::close` gets
//! the open `File`, and `BaseObject::create_handle` takes the lowest number that is free. If that lies
//! behind, the new handle is forgotten with the table: its object is never freed and outlives its
//! device. If it lies ahead, it is closed as well; a `close` that always makes one goes on until the
//! memory is used up.
//!
//! Where: `rust/kernel/drm/gem/mod.rs`, `DriverObject::close`; `drivers/gpu/drm/drm_gem.c`,
//! `drm_gem_release`.
//!
//! To close it: give `close` a type that offers the file's data only.
//@ claim: closing-file-has-no-handles
//@ generations: linux-7.3
//@ violation: gem-object-leak + memory-leak
use driver::{syscall, with_parent, with_registered, LocalModule};
use hw_stub::client::{File, Node};
use kernel::drm::gem::{self, BaseObject};
use kernel::drm::{self, Device, Registered};
use kernel::error::Result;
use kernel::prelude::*;
use kernel::{device, faux, uapi};
use std::sync::atomic::{AtomicBool, Ordering};

const SMALL: usize = 4096;
const LARGE: usize = 8192;

/// Whether the large object has made its handle.
static MADE: AtomicBool = AtomicBool::new(false);

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

    fn close(obj: &gem::Object<Self>, file: &drm::File<Client>) {
        if obj.size() == LARGE && !MADE.swap(true, Ordering::Relaxed) {
            let _ = obj.create_handle(file);
        }
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
        desc: c"Gives what is closed",
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
        let object = gem::Object::<Buffer>::new(dev, arg.size as usize, ())?;
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
            let first = create(&file, SMALL)?;
            create(&file, LARGE)?;
            syscall(file.gem_close(first))?;
            drop(file);
            Ok(())
        })
    })
}

fn create(file: &File, size: usize) -> Result<u32> {
    let mut arg = uapi::drm_nova_gem_create {
        size: size as u64,
        ..Default::default()
    };
    syscall(file.ioctl(uapi::DRM_IOCTL_NOVA_GEM_CREATE, &mut arg))?;
    Ok(arg.handle)
}
