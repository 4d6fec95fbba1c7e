//! A driver may name the file type of another driver as its own, whose `open` is then given a
//! device of the wrong driver.
//!
//! `drm::Driver::File` asks for any `DriverFile`, and `DriverFile::Driver` for any driver. Nothing
//! requires that the two point at each other, but the callback for `open` trusts that they do: it
//! takes the device for one of `T::File::Driver`.
//!
//! Here the device has no data, and `open` reads 128 bytes of it. The bound
//! `type File: drm::file::DriverFile<Driver = Self>` is missing.
//@ claim: driver-owns-file
//@ generations: linux-7.2
//@ violation: allocation-too-small
use driver::{minimal_driver, syscall, with_parent};
use hw_stub::client::Node;
use kernel::drm;
use kernel::prelude::*;

minimal_driver!(Victim, VictimClient, VictimBuffer, data: [u64; 16], ioctls: {});
minimal_driver!(Spare, SpareClient, SpareBuffer, data: (), ioctls: {});

struct Client;

impl drm::file::DriverFile for Client {
    type Driver = Victim;

    fn open(dev: &drm::Device<Victim>) -> Result<Pin<KBox<Self>>> {
        match dev[15] {
            0 => Ok(KBox::new(Self, GFP_KERNEL)?.into()),
            _ => Err(EINVAL),
        }
    }
}

struct Gpu;

#[vtable]
impl drm::Driver for Gpu {
    type Data = ();
    type Object<Ctx: drm::DeviceContext> = drm::gem::Object<SpareBuffer, Ctx>;
    type File = Client;

    const INFO: drm::DriverInfo = Spare::INFO;

    kernel::declare_drm_ioctls! {}
}

pub fn main() -> Result {
    with_parent(|parent| {
        let dev = drm::UnregisteredDevice::<Gpu>::new(parent, Ok(()))?;
        drm::Registration::new_foreign_owned(dev, parent, 0)?;
        syscall(Node::primary(0).open())?.close();
        Ok(())
    })
}
