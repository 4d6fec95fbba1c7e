//! A driver's table may hold another driver's handler.
//!
//! `declare_drm_ioctls!` finds out by inference which driver a handler is for, from the handler
//! alone. Nothing compares that with the driver whose table it is; a comment in the macro says so.
//! The handler is then called with a device, a file and registration data of a type that they do
//! not have, and reads beyond their memory. A table may also stand outside of any driver, and be
//! handed to one later: `const IOCTLS: … = Other::IOCTLS`.
//!
//! Where: `rust/kernel/drm/ioctl.rs`, `declare_drm_ioctls!`; `rust/kernel/drm/driver.rs`,
//! `Driver::IOCTLS`, whose type does not name the driver.
//!
//! To close it: entries of a type `DrmIoctlDescriptor<D>` with private fields, made by a function
//! that is generic over the driver `D` and takes a handler for `Device<D, Registered>`,
//! `D::RegistrationData<'_>` and `File<D::File>`; and `IOCTLS: &'static [DrmIoctlDescriptor<Self>]`.
//@ claim: ioctl-belongs-to-driver
//@ generations: linux-7.3
//@ violation: allocation-too-small
use driver::{syscall, with_parent, with_registered};
use hw_stub::client::Node;
use kernel::prelude::*;
use kernel::{drm, uapi};

/// Data of the large driver's devices.
type Large = [u64; 256];

driver::minimal_driver!(LargeGpu, LargeClient, LargeBuffer, data: Large, ioctls: {});

driver::minimal_driver!(SmallGpu, SmallClient, SmallBuffer, data: (), ioctls: {
    (NOVA_GETPARAM, drm_nova_getparam, 0, get_param),
});

fn get_param(
    dev: &drm::Device<LargeGpu, drm::Registered>,
    _data: &(),
    arg: &mut uapi::drm_nova_getparam,
    _file: &drm::File<LargeClient>,
) -> Result<u32> {
    arg.value = dev[255];
    Ok(0)
}

pub fn main() -> Result {
    with_parent(|parent| {
        let dev = drm::UnregisteredDevice::<SmallGpu>::new(parent, Ok(()))?;
        with_registered(parent.as_ref(), dev, (), |_| {
            let file = syscall(Node::primary(0).open())?;
            let mut arg = uapi::drm_nova_getparam::default();
            syscall(file.ioctl(uapi::DRM_IOCTL_NOVA_GETPARAM, &mut arg)).map(drop)
        })
    })
}
