//! An object gets a handle in a file of another device.
//!
//! `BaseObject::create_handle` compares the *types* of driver, object and file. A driver that serves
//! two devices has one type for both, so a file of the one takes handles of the other's objects. In
//! C that is forbidden: the file's table of objects belongs to its device. The object, and what its
//! driver's data says about page tables and queues, is then used on the wrong hardware; when the
//! other device goes first, the file still has an object of it, whose device was freed.
//!
//! Where: `rust/kernel/drm/gem/mod.rs`, `BaseObject::create_handle`.
//!
//! To close it: compare the object's device with that of the file's minor, and return `EINVAL`.
//@ claim: gem-handle-own-device
//@ generations: linux-7.3
//@ violation: gem-foreign-handle
use driver::{syscall, with_parent, with_registered};
use hw_stub::client::Node;
use kernel::drm::gem::{BaseObject, Object};
use kernel::drm::{self, Device, Registered, UnregisteredDevice};
use kernel::error::{Error, Result};
use kernel::sync::aref::ARef;
use kernel::uapi;

driver::minimal_driver!(Gpu, GpuClient, GpuBuffer, data: (),
registration_data<'a>: ARef<Device<Gpu>>, parent: faux, ioctls: {
    (NOVA_GETPARAM, drm_nova_getparam, 0, get_param),
});

/// Gives the client a handle of an object of the device that is in the registration data.
fn get_param(
    _dev: &Device<Gpu, Registered>,
    other: &ARef<Device<Gpu>>,
    arg: &mut uapi::drm_nova_getparam,
    file: &drm::File<GpuClient>,
) -> Result<u32> {
    let object = Object::<GpuBuffer>::new(other, 4096, ())?;
    arg.value = object.create_handle(file)?.into();
    Ok(0)
}

pub fn main() -> Result {
    with_parent(|parent| {
        let dev = UnregisteredDevice::<Gpu>::new(parent, Ok(()))?;
        let other = UnregisteredDevice::<Gpu>::new(parent, Ok(()))?;
        let data = Ok::<_, Error>(ARef::from(&*other));
        with_registered(parent.as_ref(), dev, data, |_| {
            let file = syscall(Node::primary(0).open())?;
            let mut arg = uapi::drm_nova_getparam::default();
            syscall(file.ioctl(uapi::DRM_IOCTL_NOVA_GETPARAM, &mut arg)).map(drop)
        })
    })
}
