//! Size and alignment of devices and objects are the same in both contexts, whatever their data is.
//@ claim: context-keeps-layout
//@ generations: linux-7.2
use driver::{minimal_driver, Buffer, Other, OtherBuffer, Probe};
use kernel::drm::gem::{DriverObject, Object};
use kernel::drm::{Device, Driver, Registered, Uninit};

#[repr(align(64))]
pub struct Aligned(u8);

minimal_driver!(Empty, EmptyClient, EmptyBuffer, data: (), ioctls: {});
minimal_driver!(Byte, ByteClient, ByteBuffer, data: u8, ioctls: {});
minimal_driver!(Line, LineClient, LineBuffer, data: Aligned, ioctls: {});
minimal_driver!(Large, LargeClient, LargeBuffer, data: [u64; 1024], ioctls: {});
minimal_driver!(Niche, NicheClient, NicheBuffer, data: Option<&'static u8>, ioctls: {});

const fn device<T: Driver>() {
    assert!(size_of::<Device<T, Uninit>>() == size_of::<Device<T, Registered>>());
    assert!(align_of::<Device<T, Uninit>>() == align_of::<Device<T, Registered>>());
    assert!(size_of::<Device<T>>() >= size_of::<T::Data>());
    assert!(align_of::<Device<T>>() >= align_of::<T::Data>());
}

const fn object<B: DriverObject>() {
    assert!(size_of::<Object<B, Uninit>>() == size_of::<Object<B, Registered>>());
    assert!(align_of::<Object<B, Uninit>>() == align_of::<Object<B, Registered>>());
}

const _: () = {
    device::<Probe>();
    device::<Other>();
    device::<Empty>();
    device::<Byte>();
    device::<Line>();
    device::<Large>();
    device::<Niche>();
    object::<Buffer>();
    object::<OtherBuffer>();
    object::<EmptyBuffer>();
};

fn main() {
    let _ = Aligned(0).0;
}
