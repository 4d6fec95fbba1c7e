//! An object of one type can be taken for an object of a supertype, which belongs to another driver.
//!
//! `gem::Object<T>` holds a `T`, so it is covariant: `for<'a> fn(&'a u8)` is a subtype of
//! `fn(&'static u8)`, and hence `Object<Buffer<for<'a> fn(&'a u8)>>` one of
//! `Object<Buffer<fn(&'static u8)>>`. For traits these are two types, which may implement
//! `DriverObject` for two drivers. What `dev` lends then is a device of the wrong driver.
//!
//! Where: `rust/kernel/drm/gem/mod.rs`, `Object`.
//!
//! To close it: make `Object` invariant, for instance by a field that has the type
//! `ARef<Device<T::Driver>>`, which also keeps the device alive; or `PhantomData<fn(T) -> T>`.
//@ claim: driver-owns-object
//@ generations: linux-7.3
//@ violation: allocation-too-small
use core::marker::PhantomData;
use driver::with_parent;
use kernel::drm::gem::{DriverObject, Object};
use kernel::drm::{Device, UnregisteredDevice};
use kernel::prelude::*;

/// Data of the large driver's devices.
type Large = [u64; 256];

driver::minimal_driver!(SmallGpu, SmallClient, SmallBuffer, data: (), ioctls: {});
driver::minimal_driver!(LargeGpu, LargeClient, LargeBuffer, data: Large, ioctls: {});

type General = for<'a> fn(&'a u8);
type Narrow = fn(&'static u8);

struct Buffer<X>(PhantomData<X>);

impl DriverObject for Buffer<General> {
    type Driver = SmallGpu;
    type Args = ();

    fn new(_: &Device<SmallGpu>, _: usize, _: ()) -> impl PinInit<Self, Error> {
        Ok(Self(PhantomData))
    }
}

impl DriverObject for Buffer<Narrow> {
    type Driver = LargeGpu;
    type Args = ();

    fn new(_: &Device<LargeGpu>, _: usize, _: ()) -> impl PinInit<Self, Error> {
        Ok(Self(PhantomData))
    }
}

pub fn main() -> Result {
    with_parent(|parent| {
        let dev = UnregisteredDevice::<SmallGpu>::new(parent, Ok(()))?;
        let object = Object::<Buffer<General>>::new(&dev, 4096, ())?;
        let object: &Object<Buffer<Narrow>> = &object;
        assert_eq!(object.dev()[255], 0);
        Ok(())
    })
}
