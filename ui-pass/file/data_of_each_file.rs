//! Each open file has data of its own, which lives until the file is closed.
//@ claim: driver-owns-file
//@ generations: api, linux-7.3
use driver::{syscall, with_parent, LocalModule as Module, Tracked};
use hw_stub::client::{File, Node};
use kernel::drm::{self, gem, Device, Registered};
use kernel::error::Result;
use kernel::prelude::*;
use kernel::{device, faux, uapi};
use std::sync::atomic::{AtomicU64, Ordering};

struct Gpu;

/// Counts the questions of a client.
#[pin_data]
struct Client {
    asked: AtomicU64,
    #[pin]
    tracked: Tracked,
}

impl drm::file::DriverFile for Client {
    type Driver = Gpu;

    fn open(_dev: &Device<Gpu>) -> Result<Pin<KBox<Self>>> {
        let client = try_pin_init!(Self {
            asked: AtomicU64::new(0),
            tracked <- Tracked::new("file data"),
        });
        KBox::pin_init(client, GFP_KERNEL)
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
    type Data = ();
    type RegistrationData<'a> = ();
    type Object = gem::Object<Buffer>;
    type File = Client;
    type ParentDevice<Ctx: device::DeviceContext> = faux::Device<Ctx>;

    const INFO: drm::DriverInfo = drm::DriverInfo {
        major: 1,
        minor: 2,
        patchlevel: 3,
        name: c"counting",
        desc: c"Counts questions",
    };

    kernel::declare_drm_ioctls! {
        (NOVA_GETPARAM, drm_nova_getparam, 0, Gpu::count),
    }
}

impl Gpu {
    fn count(
        _dev: &Device<Gpu, Registered>,
        _data: &(),
        arg: &mut uapi::drm_nova_getparam,
        file: &drm::File<Client>,
    ) -> Result<u32> {
        arg.value = file.inner().asked.fetch_add(1, Ordering::Relaxed);
        Ok(0)
    }
}

pub fn main() -> Result {
    with_parent(|parent| {
        let dev = drm::UnregisteredDevice::<Gpu>::new(parent, Ok(()))?;
        // SAFETY: The registration is dropped at the end of this closure, below a bound parent.
        let _registration = unsafe { drm::Registration::new(parent.as_ref(), dev, (), 0) }?;
        let first = syscall(Node::primary(0).open())?;
        let second = syscall(Node::primary(0).open())?;
        assert_eq!(syscall(first.version())?, (1, 2, 3));
        assert_eq!(ask(&first)?, 0);
        assert_eq!(ask(&first)?, 1);
        assert_eq!(ask(&second)?, 0);
        first.close();
        assert_eq!(ask(&second)?, 1);
        Ok(())
    })
}

fn ask(file: &File) -> Result<u64> {
    let mut arg = uapi::drm_nova_getparam::default();
    syscall(file.ioctl(uapi::DRM_IOCTL_NOVA_GETPARAM, &mut arg))?;
    Ok(arg.value)
}
