//! A driver may give its files the data of another driver.
//!
//! `drm::Driver::File` need not name the driver that it is given to: `drm::file::DriverFile::Driver`
//! is not compared with it. When a client opens a node, `File::open_callback` makes a reference to
//! the device of the *file's* driver out of a pointer to the device that was opened, and `open`
//! reads data that is not there.
//!
//! Where: `rust/kernel/drm/driver.rs`, `Driver::File`, and `rust/kernel/drm/file.rs`,
//! `File::open_callback`.
//!
//! To close it: `type File: drm::file::DriverFile<Driver = Self>`, and likewise
//! `type Object: AllocImpl<Driver = Self>`.
//@ claim: driver-owns-file
//@ generations: linux-7.3
//@ violation: allocation-too-small
use driver::{syscall, with_parent, with_registered, LocalModule};
use hw_stub::client::Node;
use kernel::prelude::*;
use kernel::{device, drm, faux};

/// Data of the large driver's devices.
type Large = [u64; 256];

driver::minimal_driver!(LargeGpu, LargeClient, LargeBuffer, data: Large, ioctls: {});

/// A file of the large driver.
struct Reader;

impl drm::file::DriverFile for Reader {
    type Driver = LargeGpu;

    fn open(dev: &drm::Device<LargeGpu>) -> Result<Pin<KBox<Self>>> {
        assert_eq!(dev[255], 0);
        Ok(KBox::new(Self, GFP_KERNEL)?.into())
    }
}

/// A driver without data.
struct SmallGpu;
struct SmallBuffer;

impl drm::gem::DriverObject for SmallBuffer {
    type Driver = SmallGpu;
    type Args = ();

    fn new(_: &drm::Device<SmallGpu>, _: usize, _: ()) -> impl PinInit<Self, Error> {
        Ok(Self)
    }
}

#[vtable]
impl drm::Driver for SmallGpu {
    type Data = ();
    type RegistrationData<'a> = ();
    type Object = drm::gem::Object<SmallBuffer>;
    type File = Reader;
    type ParentDevice<Ctx: device::DeviceContext> = faux::Device<Ctx>;

    const INFO: drm::DriverInfo = driver::Probe::INFO;

    kernel::declare_drm_ioctls! {}
}

pub fn main() -> Result {
    with_parent(|parent| {
        let dev = drm::UnregisteredDevice::<SmallGpu>::new(parent, Ok(()))?;
        with_registered(parent.as_ref(), dev, (), |_| {
            syscall(Node::primary(0).open()).map(drop)
        })
    })
}
