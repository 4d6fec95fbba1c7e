//! A file of one driver may be taken for a file of another, if the types of their data differ in a
//! lifetime only.
//!
//! `drm::File<T>` holds a `PhantomData<T>`, so a file of a type is a file of every supertype of it.
//! `for<'a> fn(&'a u8)` is a subtype of `fn(&'static u8)`, the two are different types for traits,
//! and so `Client` of the one and `Client` of the other may belong to different drivers. The
//! compiler warns about the two impls (`coherence_leak_check`) and accepts them. A handler for the
//! one then creates handles of the other driver's objects in its file.
//!
//! Here such a handle is made; looking it up as an object of the file's driver reads another type.
//! `PhantomData<fn(T) -> T>` makes files of different types what they are.
//@ claim: driver-owns-file
//@ generations: linux-7.2
//@ violation: gem-foreign-handle
use driver::{syscall, with_parent};
use hw_stub::client::Node;
use kernel::drm::gem::{BaseObject, Object};
use kernel::prelude::*;
use kernel::sync::aref::ARef;
use kernel::{drm, uapi};

type General = for<'a> fn(&'a u8);
type Narrow = fn(&'static u8);

struct Client<X>(X);
struct Gpu;
struct GpuBuffer;
struct Victim;
struct VictimBuffer;

fn nothing(_: &u8) {}

macro_rules! driver {
    ($driver:ident, $buffer:ident, $client:ty, data: $data:ty, ioctls: { $($ioctls:tt)* }) => {
        impl drm::file::DriverFile for $client {
            type Driver = $driver;

            fn open(_dev: &drm::Device<$driver>) -> Result<Pin<KBox<Self>>> {
                Ok(KBox::new(Client(nothing as _), GFP_KERNEL)?.into())
            }
        }

        impl drm::gem::DriverObject for $buffer {
            type Driver = $driver;
            type Args = ();

            fn new<Ctx: drm::DeviceContext>(
                _dev: &drm::Device<$driver, Ctx>,
                _size: usize,
                _args: (),
            ) -> impl PinInit<Self, Error> {
                Ok(Self)
            }
        }

        #[vtable]
        impl drm::Driver for $driver {
            type Data = $data;
            type Object<Ctx: drm::DeviceContext> = Object<$buffer, Ctx>;
            type File = $client;

            const INFO: drm::DriverInfo = drm::DriverInfo {
                major: 0,
                minor: 0,
                patchlevel: 0,
                name: c"narrowed",
                desc: c"A driver whose files are another's",
            };

            kernel::declare_drm_ioctls! { $($ioctls)* }
        }
    };
}

driver!(Victim, VictimBuffer, Client<Narrow>, data: (), ioctls: {});
driver!(Gpu, GpuBuffer, Client<General>, data: ARef<drm::Device<Victim>>, ioctls: {
    (NOVA_GETPARAM, drm_nova_getparam, 0, handler),
});

fn handler(
    dev: &drm::Device<Gpu>,
    arg: &mut uapi::drm_nova_getparam,
    file: &drm::File<Client<General>>,
) -> Result<u32> {
    let other: &ARef<drm::Device<Victim>> = dev;
    let file: &drm::File<Client<Narrow>> = file;
    let object = Object::<VictimBuffer>::new(other, 4096, ())?;
    arg.value = object.create_handle(file)?.into();
    Ok(0)
}

pub fn main() -> Result {
    with_parent(|parent| {
        let dev = drm::UnregisteredDevice::<Victim>::new(parent, Ok(()))?;
        let victim = drm::Registration::new_foreign_owned(dev, parent, 0)?;
        with_parent(|parent| {
            let data: Result<ARef<drm::Device<Victim>>> = Ok(victim.into());
            let dev = drm::UnregisteredDevice::<Gpu>::new(parent, data)?;
            drm::Registration::new_foreign_owned(dev, parent, 0)?;
            let file = syscall(Node::primary(1).open())?;
            let mut arg = uapi::drm_nova_getparam::default();
            syscall(file.ioctl(uapi::DRM_IOCTL_NOVA_GETPARAM, &mut arg))?;
            file.close();
            Ok(())
        })
    })
}
