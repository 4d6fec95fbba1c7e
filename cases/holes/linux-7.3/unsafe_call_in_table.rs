//! A table smuggles in an unsafe call.
//!
//! `declare_drm_ioctls!` pastes the expression of the handler into the body of an `unsafe fn`, where
//! edition 2021 lets unsafe operations stand without a block. Whoever reviews a driver by looking for
//! the word does not find it; a lint of the compiler is silent about code of a macro of another crate.
//!
//! Where: `rust/kernel/drm/ioctl.rs`, `declare_drm_ioctls!`, `$func` inside of `unsafe extern "C" fn`.
//!
//! To close it: evaluate `$func` once, in a `const` or a safe function outside of the `unsafe fn`.
//@ claim: ioctl-handler-is-safe
//@ generations: linux-7.3
//@ violation: wild-access
use driver::{syscall, with_parent, with_registered};
use hw_stub::client::Node;
use kernel::prelude::*;
use kernel::{drm, uapi};

/// Belongs to nobody.
const ADDRESS: *const u64 = core::ptr::without_provenance(64);

driver::minimal_driver!(Gpu, GpuClient, GpuBuffer, data: (), ioctls: {
    (NOVA_GETPARAM, drm_nova_getparam, 0, (get_param, ADDRESS.read_volatile()).0),
});

fn get_param(
    _dev: &drm::Device<Gpu, drm::Registered>,
    _data: &(),
    _arg: &mut uapi::drm_nova_getparam,
    _file: &drm::File<GpuClient>,
) -> Result<u32> {
    Ok(0)
}

pub fn main() -> Result {
    with_parent(|parent| {
        let dev = drm::UnregisteredDevice::<Gpu>::new(parent, Ok(()))?;
        with_registered(parent.as_ref(), dev, (), |_| {
            let file = syscall(Node::primary(0).open())?;
            let mut arg = uapi::drm_nova_getparam::default();
            syscall(file.ioctl(uapi::DRM_IOCTL_NOVA_GETPARAM, &mut arg)).map(drop)
        })
    })
}
