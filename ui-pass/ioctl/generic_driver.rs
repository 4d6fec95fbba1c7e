//! A generic driver has a table per instance, whose entries are named through `Self`.
//@ claim: ioctl-belongs-to-driver
use core::marker::PhantomData;
use driver::{syscall, with_parent, LocalModule as Module};
use hw_stub::client::{File, Node};
use kernel::drm::{self, gem, Device, Registered};
use kernel::error::Result;
use kernel::prelude::*;
use kernel::{device, faux, uapi};

/// What a generation of the hardware is.
trait Generation: Send + Sync + Sized + 'static {
    const NUMBER: u64;
}

struct Older;
struct Newer;

impl Generation for Older {
    const NUMBER: u64 = 1;
}

impl Generation for Newer {
    const NUMBER: u64 = 2;
}

struct Gpu<G>(PhantomData<G>);
struct Client<G>(PhantomData<G>);
struct Buffer<G>(PhantomData<G>);

impl<G: Generation> drm::file::DriverFile for Client<G> {
    type Driver = Gpu<G>;

    fn open(_dev: &Device<Gpu<G>>) -> Result<Pin<KBox<Self>>> {
        Ok(KBox::new(Self(PhantomData), GFP_KERNEL)?.into())
    }
}

impl<G: Generation> gem::DriverObject for Buffer<G> {
    type Driver = Gpu<G>;
    type Args = ();

    fn new(_dev: &Device<Gpu<G>>, _size: usize, _args: ()) -> impl PinInit<Self, Error> {
        Ok(Self(PhantomData))
    }
}

#[vtable]
impl<G: Generation> drm::Driver for Gpu<G> {
    type OwnerModule = Module;
    type Data = ();
    type RegistrationData<'a> = u64;
    type Object = gem::Object<Buffer<G>>;
    type File = Client<G>;
    type ParentDevice<Ctx: device::DeviceContext> = faux::Device<Ctx>;

    const INFO: drm::DriverInfo = drm::DriverInfo {
        major: 0,
        minor: 0,
        patchlevel: 0,
        name: c"generic",
        desc: c"A driver for several generations",
    };

    kernel::declare_drm_ioctls! {
        (NOVA_GETPARAM, drm_nova_getparam, 0, Self::get_param),
    }
}

impl<G: Generation> Gpu<G> {
    fn get_param(
        _dev: &Device<Self, Registered>,
        data: &u64,
        arg: &mut uapi::drm_nova_getparam,
        _file: &drm::File<Client<G>>,
    ) -> Result<u32> {
        arg.value = 10 * G::NUMBER + data;
        Ok(0)
    }
}

pub fn main() -> Result {
    with_parent(|parent| {
        let older = register::<Older>(parent, 3)?;
        let newer = register::<Newer>(parent, 4)?;
        assert_eq!(ask(&syscall(Node::primary(0).open())?)?, 13);
        assert_eq!(ask(&syscall(Node::primary(1).open())?)?, 24);
        drop((older, newer));
        Ok(())
    })
}

fn register<G: Generation>(
    parent: &faux::Device<device::Bound>,
    value: u64,
) -> Result<drm::Registration<'_, Gpu<G>>> {
    let dev = drm::UnregisteredDevice::<Gpu<G>>::new(parent, Ok(()))?;
    // SAFETY: The caller keeps the registration on its stack, below a parent that is bound.
    unsafe { drm::Registration::new(parent.as_ref(), dev, Ok::<_, Error>(value), 0) }
}

fn ask(file: &File) -> Result<u64> {
    let mut arg = uapi::drm_nova_getparam::default();
    syscall(file.ioctl(uapi::DRM_IOCTL_NOVA_GETPARAM, &mut arg))?;
    Ok(arg.value)
}
