//! A driver may use the table of another driver as its own.
//!
//! `drm::Driver::IOCTLS` is a slice of `DrmIoctlDescriptor`, which is the C struct for every driver,
//! so a table does not remember whose handlers are in it. That holds even if
//! `declare_drm_ioctls!` checks that the handlers of a table are for the driver around it.
//!
//! Here a driver without data takes over a table whose handler reads 128 bytes of its device. A
//! descriptor that has the driver as a parameter, and is made by the macro only, closes this.
//@ claim: ioctl-table-not-forged
//@ generations: linux-7.2
//@ violation: allocation-too-small
use driver::{minimal_driver, syscall, with_parent};
use hw_stub::client::Node;
use kernel::prelude::*;
use kernel::{drm, uapi};

minimal_driver!(Victim, VictimClient, VictimBuffer, data: [u64; 16], ioctls: {
    (NOVA_GETPARAM, drm_nova_getparam, 0, handler),
});

fn handler(
    dev: &drm::Device<Victim>,
    arg: &mut uapi::drm_nova_getparam,
    _file: &drm::File<VictimClient>,
) -> Result<u32> {
    arg.value = dev[15];
    Ok(0)
}

minimal_driver!(Spare, SpareClient, SpareBuffer, data: (), ioctls: {});

struct Gpu;
struct Client;

impl drm::file::DriverFile for Client {
    type Driver = Gpu;

    fn open(_dev: &drm::Device<Gpu>) -> Result<Pin<KBox<Self>>> {
        Ok(KBox::new(Self, GFP_KERNEL)?.into())
    }
}

#[vtable]
impl drm::Driver for Gpu {
    type Data = ();
    type Object<Ctx: drm::DeviceContext> = drm::gem::Object<SpareBuffer, Ctx>;
    type File = Client;

    const INFO: drm::DriverInfo = Spare::INFO;
    const IOCTLS: &'static [drm::ioctl::DrmIoctlDescriptor] = Victim::IOCTLS;
}

pub fn main() -> Result {
    with_parent(|parent| {
        let dev = drm::UnregisteredDevice::<Gpu>::new(parent, Ok(()))?;
        drm::Registration::new_foreign_owned(dev, parent, 0)?;
        let file = syscall(Node::primary(0).open())?;
        let mut arg = uapi::drm_nova_getparam::default();
        syscall(file.ioctl(uapi::DRM_IOCTL_NOVA_GETPARAM, &mut arg))?;
        Ok(())
    })
}
