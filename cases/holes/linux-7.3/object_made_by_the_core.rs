//! The DRM core makes shmem objects without a driver's data, and a driver takes them for its own.
//!
//! A driver with `gem::shmem::Object<T>` gets the C helper's `dumb_create` and
//! `gem_prime_import_sg_table`, but no `gem_create_object`. Both helpers make an object of
//! `sizeof(struct drm_gem_shmem_object)` bytes then, with functions of C. A client makes a dumb buffer
//! (on a primary node), or imports another device's buffer (on a render node too), and gives the
//! handle to an ioctl of the driver. `lookup_handle` takes what it finds for an `Object<T>`, and the
//! driver reads, locks and writes a `T` in memory that belongs to somebody else. No driver has to do
//! anything wrong for that, and no client needs a privilege.
//!
//! Where: `rust/kernel/drm/gem/shmem.rs`, `AllocImpl for Object<T>`, `ALLOC_OPS`;
//! `rust/kernel/drm/gem/mod.rs`, `BaseObject::lookup_handle`;
//! `drivers/gpu/drm/drm_gem_shmem_helper.c`, `__drm_gem_shmem_create`.
//!
//! To close it: a `gem_create_object` that makes a whole `Object<T>` (which needs a `T::new` without
//! arguments of the driver), or neither of the two callbacks; and `lookup_handle` compares the
//! object's `funcs` with those of `Self`.
//@ claim: driver-owns-object
//@ generations: linux-7.3
//@ violation: out-of-bounds
use driver::{syscall, with_parent, with_registered, LocalModule};
use hw_stub::client::Node;
use kernel::drm::gem::{shmem, BaseObject, DriverObject};
use kernel::drm::{self, Device, UnregisteredDevice};
use kernel::prelude::*;
use kernel::{device, faux, uapi};

struct Gpu;
struct Client;
struct Buffer {
    flags: u64,
}

impl drm::file::DriverFile for Client {
    type Driver = Gpu;

    fn open(_: &Device<Gpu>) -> Result<Pin<KBox<Self>>> {
        Ok(KBox::new(Self, GFP_KERNEL)?.into())
    }
}

impl DriverObject for Buffer {
    type Driver = Gpu;
    type Args = ();

    fn new(_: &Device<Gpu>, _: usize, _: ()) -> impl PinInit<Self, Error> {
        Ok(Self { flags: 0 })
    }
}

#[vtable]
impl drm::Driver for Gpu {
    type Data = ();
    type RegistrationData<'a> = ();
    type Object = shmem::Object<Buffer>;
    type File = Client;
    type ParentDevice<Ctx: device::DeviceContext> = faux::Device<Ctx>;

    const INFO: drm::DriverInfo = driver::Probe::INFO;

    kernel::declare_drm_ioctls! {
        (NOVA_GETPARAM, drm_nova_getparam, 0, get_flags),
    }
}

/// Reads the flags of the object that the client has a handle of.
fn get_flags(
    _dev: &Device<Gpu, drm::Registered>,
    _data: &(),
    arg: &mut uapi::drm_nova_getparam,
    file: &drm::File<Client>,
) -> Result<u32> {
    let object = shmem::Object::<Buffer>::lookup_handle(file, arg.param as u32)?;
    arg.value = object.flags;
    Ok(0)
}

pub fn main() -> Result {
    with_parent(|parent| {
        let dev = UnregisteredDevice::<Gpu>::new(parent, Ok(()))?;
        with_registered(parent.as_ref(), dev, (), |_| {
            let file = syscall(Node::primary(0).open())?;
            let mut dumb = uapi::drm_mode_create_dumb {
                width: 64,
                height: 64,
                bpp: 32,
                ..Default::default()
            };
            let create_dumb = drm::ioctl::IOWR::<uapi::drm_mode_create_dumb>(0xb2);
            syscall(file.ioctl(create_dumb, &mut dumb))?;
            let mut arg = uapi::drm_nova_getparam {
                param: dumb.handle.into(),
                ..Default::default()
            };
            syscall(file.ioctl(uapi::DRM_IOCTL_NOVA_GETPARAM, &mut arg)).map(drop)
        })
    })
}
