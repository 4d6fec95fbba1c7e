//! An object of one driver may be taken for an object of another, if the types of their data differ
//! in a lifetime only.
//!
//! `gem::Object<T>` holds a `T`, so it is covariant. `for<'a> fn(&'a u8)` is a subtype of
//! `fn(&'static u8)`, the two are different types for traits, and so a buffer of the one and a buffer
//! of the other may belong to different drivers. `dev()` then lends the device with the data of the
//! wrong one.
//!
//! Here a device without data is lent as one with 128 bytes. A field of the type
//! `PhantomData<fn(T) -> T>`, or of one that names `T::Driver`, makes objects invariant.
//@ claim: driver-owns-object
//@ generations: linux-7.2
//@ violation: allocation-too-small
use core::marker::PhantomData;
use driver::{minimal_driver, with_parent};
use kernel::drm::gem::{DriverObject, Object};
use kernel::drm::{Device, DeviceContext, Uninit, UnregisteredDevice};
use kernel::prelude::*;
use kernel::sync::aref::ARef;

minimal_driver!(Gpu, GpuClient, GpuBuffer, data: (), ioctls: {});
minimal_driver!(Victim, VictimClient, VictimBuffer, data: [u64; 16], ioctls: {});

type General = for<'a> fn(&'a u8);
type Narrow = fn(&'static u8);

struct Buffer<X>(PhantomData<X>);

impl DriverObject for Buffer<General> {
    type Driver = Gpu;
    type Args = ();

    fn new<C: DeviceContext>(_: &Device<Gpu, C>, _: usize, _: ()) -> impl PinInit<Self, Error> {
        Ok(Self(PhantomData))
    }
}

impl DriverObject for Buffer<Narrow> {
    type Driver = Victim;
    type Args = ();

    fn new<C: DeviceContext>(_: &Device<Victim, C>, _: usize, _: ()) -> impl PinInit<Self, Error> {
        Ok(Self(PhantomData))
    }
}

pub fn main() -> Result {
    with_parent(|parent| {
        let dev = UnregisteredDevice::<Gpu>::new(parent, Ok(()))?;
        let object: ARef<Object<Buffer<General>, Uninit>> = Object::new(&dev, 4096, ())?;
        let object: &Object<Buffer<Narrow>, Uninit> = &object;
        match object.dev()[15] {
            0 => Ok(()),
            _ => Err(EINVAL),
        }
    })
}
