//! A file of one type can be taken for a file of a supertype, which belongs to another driver.
//!
//! `drm::File<T>` has a `PhantomData<T>`, so it is covariant: a `File<Client<for<'a> fn(&'a u8)>>` is
//! also a `File<Client<fn(&'static u8)>>`. For traits these are two types, which may implement
//! `DriverFile` for two drivers. A handle that the client of the one has is then looked up as an
//! object of the other, and what is read of it lies beyond its memory.
//!
//! Where: `rust/kernel/drm/file.rs`, `File`; `rust/kernel/drm/gem/mod.rs`,
//! `BaseObject::lookup_handle`, whose safety comment relies on the file's type.
//!
//! To close it: make `File` invariant, by `PhantomData<fn(T) -> T>`.
//@ claim: driver-owns-file
//@ generations: linux-7.3
//@ violation: out-of-bounds
use core::marker::PhantomData;
use driver::{syscall, with_parent, with_registered, LocalModule};
use hw_stub::client::Node;
use kernel::drm::gem::{BaseObject, DriverObject, Object};
use kernel::drm::{self, Device, File, UnregisteredDevice};
use kernel::prelude::*;
use kernel::{device, faux, uapi};

type General = for<'a> fn(&'a u8);
type Narrow = fn(&'static u8);

struct Client<X>(PhantomData<X>);

impl drm::file::DriverFile for Client<General> {
    type Driver = SmallGpu;

    fn open(_: &Device<SmallGpu>) -> Result<Pin<KBox<Self>>> {
        Ok(KBox::new(Self(PhantomData), GFP_KERNEL)?.into())
    }
}

impl drm::file::DriverFile for Client<Narrow> {
    type Driver = LargeGpu;

    fn open(_: &Device<LargeGpu>) -> Result<Pin<KBox<Self>>> {
        Err(ENODEV)
    }
}

/// The driver of the general file, with objects without data.
struct SmallGpu;
struct SmallBuffer;

impl DriverObject for SmallBuffer {
    type Driver = SmallGpu;
    type Args = ();

    fn new(_: &Device<SmallGpu>, _: usize, _: ()) -> impl PinInit<Self, Error> {
        Ok(Self)
    }
}

#[vtable]
impl drm::Driver for SmallGpu {
    type Data = ();
    type RegistrationData<'a> = ();
    type Object = Object<SmallBuffer>;
    type File = Client<General>;
    type ParentDevice<Ctx: device::DeviceContext> = faux::Device<Ctx>;

    const INFO: drm::DriverInfo = driver::Probe::INFO;

    kernel::declare_drm_ioctls! {
        (NOVA_GETPARAM, drm_nova_getparam, 0, get_param),
    }
}

/// The driver of the narrow file, with objects of 2 KiB.
struct LargeGpu;
struct LargeBuffer([u64; 256]);

impl DriverObject for LargeBuffer {
    type Driver = LargeGpu;
    type Args = ();

    fn new(_: &Device<LargeGpu>, _: usize, _: ()) -> impl PinInit<Self, Error> {
        Ok(Self([0; 256]))
    }
}

#[vtable]
impl drm::Driver for LargeGpu {
    type Data = ();
    type RegistrationData<'a> = ();
    type Object = Object<LargeBuffer>;
    type File = Client<Narrow>;
    type ParentDevice<Ctx: device::DeviceContext> = faux::Device<Ctx>;

    const INFO: drm::DriverInfo = driver::Probe::INFO;

    kernel::declare_drm_ioctls! {}
}

fn get_param(
    dev: &Device<SmallGpu, drm::Registered>,
    _data: &(),
    arg: &mut uapi::drm_nova_getparam,
    file: &File<Client<General>>,
) -> Result<u32> {
    let handle = Object::<SmallBuffer>::new(dev, 4096, ())?.create_handle(file)?;
    let file: &File<Client<Narrow>> = file;
    let object = Object::<LargeBuffer>::lookup_handle(file, handle)?;
    arg.value = object.0[255];
    Ok(0)
}

pub fn main() -> Result {
    with_parent(|parent| {
        let dev = UnregisteredDevice::<SmallGpu>::new(parent, Ok(()))?;
        with_registered(parent.as_ref(), dev, (), |_| {
            let file = syscall(Node::primary(0).open())?;
            let mut arg = uapi::drm_nova_getparam::default();
            syscall(file.ioctl(uapi::DRM_IOCTL_NOVA_GETPARAM, &mut arg)).map(drop)
        })
    })
}
