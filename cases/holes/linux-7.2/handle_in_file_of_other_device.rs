//! A file may get the handle of an object that belongs to another device of the same driver.
//!
//! `create_handle()` checks by types that object and file belong to one driver, and not that they
//! belong to one device. `drm_gem_handle_create()` trusts its caller. The object is looked up later
//! as one of the file's device: `dev()` of it is another device, which the file does not keep alive,
//! and its memory is that of another GPU.
//!
//! Here the device of one parent keeps a counted handle of another. `create_handle()` should refuse
//! a file whose minor belongs to another device.
//@ claim: gem-handle-own-device
//@ generations: linux-7.2
//@ violation: gem-foreign-handle
use driver::{minimal_driver, syscall, with_parent};
use hw_stub::client::Node;
use kernel::drm::gem::{BaseObject, Object};
use kernel::prelude::*;
use kernel::sync::aref::ARef;
use kernel::{drm, uapi};

type Data = Option<ARef<drm::Device<Gpu>>>;

minimal_driver!(Gpu, GpuClient, GpuBuffer, data: Data, ioctls: {
    (NOVA_GETPARAM, drm_nova_getparam, 0, handler),
});

fn handler(
    dev: &drm::Device<Gpu>,
    arg: &mut uapi::drm_nova_getparam,
    file: &drm::File<GpuClient>,
) -> Result<u32> {
    let data: &Data = dev;
    let other = data.as_ref().ok_or(ENODEV)?;
    let object = Object::<GpuBuffer>::new(other, 4096, ())?;
    arg.value = object.create_handle(file)?.into();
    Ok(0)
}

pub fn main() -> Result {
    with_parent(|parent| {
        let dev = drm::UnregisteredDevice::<Gpu>::new(parent, Ok(None))?;
        let first = drm::Registration::new_foreign_owned(dev, parent, 0)?;
        with_parent(|parent| {
            let data: Result<Data> = Ok(Some(first.into()));
            let dev = drm::UnregisteredDevice::<Gpu>::new(parent, data)?;
            drm::Registration::new_foreign_owned(dev, parent, 0)?;
            let file = syscall(Node::primary(1).open())?;
            let mut arg = uapi::drm_nova_getparam::default();
            syscall(file.ioctl(uapi::DRM_IOCTL_NOVA_GETPARAM, &mut arg))?;
            file.close();
            Ok(())
        })
    })
}
