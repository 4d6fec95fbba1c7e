//! A table may hold an `unsafe` operation that nobody had to mark.
//!
//! `declare_drm_ioctls!` puts the expression that names the handler into the body of an
//! `unsafe extern "C" fn`. In edition 2021 such a body needs no `unsafe` block, so whatever
//! operation stands in that expression is accepted without one, and a reviewer who looks for the
//! word finds nothing.
//!
//! Here it reads through a null pointer. The macro should bind the expression outside of the
//! function, or wrap its own operations in `unsafe` blocks and leave the expression outside of them
//! with `unsafe_op_in_unsafe_fn` denied.
//@ claim: ioctl-handler-is-safe
//@ generations: linux-7.2
//@ violation: wild-access
use driver::{minimal_driver, syscall, with_parent};
use hw_stub::client::Node;
use kernel::error::Result;
use kernel::{drm, uapi};

minimal_driver!(Gpu, GpuClient, GpuBuffer, data: (), ioctls: {
    (NOVA_GETPARAM, drm_nova_getparam, 0, {
        core::ptr::null::<u64>().read_volatile();
        handler
    }),
});

fn handler(
    _dev: &drm::Device<Gpu>,
    _arg: &mut uapi::drm_nova_getparam,
    _file: &drm::File<GpuClient>,
) -> Result<u32> {
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
