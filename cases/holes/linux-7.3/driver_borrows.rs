//! A driver's data may borrow, and outlives what it borrows.
//!
//! Neither `drm::Driver` nor `drm::file::DriverFile` nor their data is `'static`. A counted handle
//! has the lifetime in its type; the DRM core, which counts as well, has not: an open file keeps the
//! device, its driver's data and its own data for as long as a client likes. When the client closes
//! the file at last, data is dropped that borrows from a probe function which has long returned.
//! Ending the registration does not help: it waits for handlers, not for files.
//!
//! Where: `rust/kernel/drm/driver.rs`, `Driver` and `Driver::Data`; `rust/kernel/drm/file.rs`,
//! `DriverFile`.
//!
//! To close it: `pub trait Driver: 'static`, `type Data: Sync + Send + 'static`, and
//! `pub trait DriverFile: Send + Sync + 'static`.
//@ claim: driver-is-static
//@ generations: linux-7.3
//@ violation: use-after-free
use core::marker::PhantomData;
use driver::{syscall, with_parent, with_registered, LocalModule};
use hw_stub::client::{File, Node};
use kernel::prelude::*;
use kernel::{device, drm, faux};

struct Gpu<'a>(PhantomData<&'a u64>);
struct Client<'a>(PhantomData<&'a u64>);
struct Buffer;

/// Reads what it borrows when it is dropped.
struct Data<'a>(&'a u64);

impl Drop for Data<'_> {
    fn drop(&mut self) {
        assert_eq!(*self.0, 7);
    }
}

impl<'a> drm::file::DriverFile for Client<'a> {
    type Driver = Gpu<'a>;

    fn open(_: &drm::Device<Gpu<'a>>) -> Result<Pin<KBox<Self>>> {
        Ok(KBox::new(Self(PhantomData), GFP_KERNEL)?.into())
    }
}

impl drm::gem::DriverObject for Buffer {
    type Driver = Gpu<'static>;
    type Args = ();

    fn new(_: &drm::Device<Gpu<'static>>, _: usize, _: ()) -> impl PinInit<Self, Error> {
        Ok(Self)
    }
}

#[vtable]
impl<'a> drm::Driver for Gpu<'a> {
    type Data = Data<'a>;
    type RegistrationData<'b> = ();
    type Object = drm::gem::Object<Buffer>;
    type File = Client<'a>;
    type ParentDevice<Ctx: device::DeviceContext> = faux::Device<Ctx>;

    const INFO: drm::DriverInfo = driver::Probe::INFO;

    kernel::declare_drm_ioctls! {}
}

pub fn main() -> Result {
    let value = KBox::new(7, GFP_KERNEL)?;
    let file = open(&value)?;
    drop(value);
    drop(file);
    Ok(())
}

/// A file of a device that has come and gone.
fn open(value: &u64) -> Result<File> {
    with_parent(|parent| {
        let dev = drm::UnregisteredDevice::<Gpu<'_>>::new(parent, Ok(Data(value)))?;
        with_registered(parent.as_ref(), dev, (), |_| {
            syscall(Node::primary(0).open())
        })
    })
}
