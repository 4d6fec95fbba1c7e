//! One byte of data, behind which there is padding.
//@ claim: context-keeps-layout
//@ generations: api, linux-7.3
use driver::minimal_driver;
use kernel::drm::{self, Device, Ioctl, Normal, Registered};
use kernel::{device, faux};

minimal_driver!(Gpu, GpuClient, GpuBuffer, data: u8, ioctls: {});

const _: () = {
    assert!(size_of::<Device<Gpu, Normal>>() == size_of::<Device<Gpu, Ioctl>>());
    assert!(size_of::<Device<Gpu, Normal>>() == size_of::<Device<Gpu, Registered>>());
    assert!(align_of::<Device<Gpu, Normal>>() == align_of::<Device<Gpu, Ioctl>>());
    assert!(align_of::<Device<Gpu, Normal>>() == align_of::<Device<Gpu, Registered>>());
};

// Making a device is what checks, in the API, that the fields of every two contexts agree.
pub fn make(
    parent: &faux::Device<device::Bound>,
    data: u8,
) -> kernel::error::Result<drm::UnregisteredDevice<Gpu>> {
    drm::UnregisteredDevice::<Gpu>::new(parent, Ok(data))
}

fn main() {
    let _: fn(&faux::Device<device::Bound>, u8) -> _ = make;
}
