//! A driver that refuses a client leaves no file behind, and accepts the next one.
//@ claim: driver-leaves-nothing
//@ generations: api, linux-7.3
use driver::{refused, syscall, with_parent, LocalModule as Module};
use hw_stub::client::Node;
use kernel::drm::{self, gem, Device};
use kernel::error::{code::EBUSY, Result};
use kernel::prelude::*;
use kernel::{device, faux};
use std::sync::atomic::{AtomicBool, Ordering};

struct Gpu;

struct Client;

impl drm::file::DriverFile for Client {
    type Driver = Gpu;

    fn open(dev: &Device<Gpu>) -> Result<Pin<KBox<Self>>> {
        if dev.swap(false, Ordering::Relaxed) {
            return Err(EBUSY);
        }
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
}

#[vtable]
impl drm::Driver for Gpu {
    type OwnerModule = Module;
    type Data = AtomicBool;
    type RegistrationData<'a> = ();
    type Object = gem::Object<Buffer>;
    type File = Client;
    type ParentDevice<Ctx: device::DeviceContext> = faux::Device<Ctx>;

    const INFO: drm::DriverInfo = drm::DriverInfo {
        major: 0,
        minor: 0,
        patchlevel: 0,
        name: c"moody",
        desc: c"Refuses its first client",
    };

    kernel::declare_drm_ioctls! {}
}

pub fn main() -> Result {
    with_parent(|parent| {
        let dev = drm::UnregisteredDevice::<Gpu>::new(parent, Ok(AtomicBool::new(true)))?;
        // SAFETY: The registration is dropped at the end of this closure, below a bound parent.
        let _registration = unsafe { drm::Registration::new(parent.as_ref(), dev, (), 0) }?;
        refused(syscall(Node::primary(0).open()), EBUSY)?;
        syscall(Node::primary(0).open())?.close();
        Ok(())
    })
}
