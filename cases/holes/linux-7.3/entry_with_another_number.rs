//! A table's entry may be written by hand, with a number that is not its handler's.
//!
//! `DrmIoctlDescriptor` is bindgen's `drm_ioctl_desc`, all of whose fields are public. Safe code
//! copies the entry that `declare_drm_ioctls!` made and gives it another number. The DRM core makes
//! room for as many bytes as the number says, and the handler writes to as many as its own argument
//! has. (It may also put any function of that type there, for instance one of the DRM core.)
//!
//! Where: `rust/kernel/drm/ioctl.rs`, `DrmIoctlDescriptor` and `internal::drm_ioctl_desc`.
//!
//! To close it: a wrapper with private fields, which only the macro's hidden function makes.
//@ claim: ioctl-table-not-forged
//@ generations: linux-7.3
//@ violation: out-of-bounds
use driver::{syscall, with_parent, with_registered, LocalModule};
use hw_stub::client::Node;
use kernel::drm::ioctl::DrmIoctlDescriptor;
use kernel::prelude::*;
use kernel::{device, drm, faux, uapi};

/// `DRM_COMMAND_BASE`, the first number that is a driver's.
const FIRST: u32 = uapi::DRM_COMMAND_BASE;

struct Gpu;
struct Client;
struct Buffer;

impl drm::file::DriverFile for Client {
    type Driver = Gpu;

    fn open(_: &drm::Device<Gpu>) -> Result<Pin<KBox<Self>>> {
        Ok(KBox::new(Self, GFP_KERNEL)?.into())
    }
}

impl drm::gem::DriverObject for Buffer {
    type Driver = Gpu;
    type Args = ();

    fn new(_: &drm::Device<Gpu>, _: usize, _: ()) -> impl PinInit<Self, Error> {
        Ok(Self)
    }
}

/// A table of no driver.
struct Table;

impl Table {
    kernel::declare_drm_ioctls! {
        (NOVA_GETPARAM, drm_nova_getparam, 0, get_param),
    }
}

#[vtable]
impl drm::Driver for Gpu {
    type Data = ();
    type RegistrationData<'a> = ();
    type Object = drm::gem::Object<Buffer>;
    type File = Client;
    type ParentDevice<Ctx: device::DeviceContext> = faux::Device<Ctx>;

    const INFO: drm::DriverInfo = driver::Probe::INFO;
    const IOCTLS: &'static [DrmIoctlDescriptor] = &[DrmIoctlDescriptor {
        cmd: drm::ioctl::IOWR::<u8>(FIRST),
        ..Table::IOCTLS[0]
    }];
}

fn get_param(
    _dev: &drm::Device<Gpu, drm::Registered>,
    _data: &(),
    arg: &mut uapi::drm_nova_getparam,
    _file: &drm::File<Client>,
) -> Result<u32> {
    arg.value = 7;
    Ok(0)
}

pub fn main() -> Result {
    with_parent(|parent| {
        let dev = drm::UnregisteredDevice::<Gpu>::new(parent, Ok(()))?;
        with_registered(parent.as_ref(), dev, (), |_| {
            let file = syscall(Node::primary(0).open())?;
            syscall(file.ioctl(drm::ioctl::IOWR::<u8>(FIRST), &mut 0u8)).map(drop)
        })
    })
}
