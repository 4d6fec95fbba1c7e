//! A driver's table may hold a handler that was written for another driver, which then takes the
//! device and the file for its own.
//!
//! `declare_drm_ioctls!` makes the device by `Device::from_raw()` and the file by
//! `File::from_raw()`, and lets the handler's signature say of which driver they are. Nothing ties
//! that driver to the one whose `IOCTLS` the table becomes; a comment in the macro says so, too.
//! The data of a device is at the end of its allocation, and its type depends on the driver, so a
//! handler for a driver with more data reads past the end.
//!
//! Here the device of a driver without data serves a handler that reads 128 bytes. The macro is used
//! inside of `impl drm::Driver`, so it could annotate both with `Self`, if it did not declare its
//! function inside of a constant where `Self` has no meaning; a generic helper function that takes
//! the handler, with the driver as a parameter, does both.
//@ claim: ioctl-belongs-to-driver
//@ generations: linux-7.2
//@ violation: allocation-too-small
use driver::{minimal_driver, syscall, with_parent};
use hw_stub::client::Node;
use kernel::error::Result;
use kernel::{drm, uapi};

minimal_driver!(Victim, VictimClient, VictimBuffer, data: [u64; 16], ioctls: {});

minimal_driver!(Gpu, GpuClient, GpuBuffer, data: (), ioctls: {
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
