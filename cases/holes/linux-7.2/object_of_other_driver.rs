//! A driver may name the objects of another driver as its own.
//!
//! `drm::Driver::Object` asks for any `AllocImpl`, whose `Driver` may be another one. The callbacks
//! of `open` and `close` are given an object as `DriverAllocImpl<T>`, which is the `Object` of
//! `T::Driver` and not the object that the callback is for. With the memory manager of `gem/mod.rs`
//! nothing leads to the wrong cast, because `create_handle()` asks for both directions; with one
//! that has callbacks of its own, such as `gem_create_object`, the DRM core makes objects of one
//! driver on devices of the other.
//!
//! The bound `type Object<Ctx>: AllocImpl<Driver = Self>` is missing.
//@ claim: driver-owns-object
//@ generations: linux-7.2
use driver::{minimal_driver, with_parent, OtherBuffer};
use kernel::drm;
use kernel::prelude::*;

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
    type Object<Ctx: drm::DeviceContext> = drm::gem::Object<OtherBuffer, Ctx>;
    type File = Client;

    const INFO: drm::DriverInfo = Spare::INFO;

    kernel::declare_drm_ioctls! {}
}

pub fn main() -> Result {
    with_parent(|parent| {
        let dev = drm::UnregisteredDevice::<Gpu>::new(parent, Ok(()))?;
        drm::Registration::new_foreign_owned(dev, parent, 0)?;
        Ok(())
    })
}
