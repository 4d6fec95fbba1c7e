//! A driver without ioctls answers none, and the core's are there all the same.
//@ claim: ioctl-table-not-forged
//@ generations: api, linux-7.3
use driver::{minimal_driver, refused, syscall, with_parent};
use hw_stub::client::Node;
use kernel::drm;
use kernel::error::{code::EINVAL, Result};
use kernel::uapi;

minimal_driver!(Gpu, GpuClient, GpuBuffer, data: (), ioctls: {});

pub fn main() -> Result {
    with_parent(|parent| {
        let dev = drm::UnregisteredDevice::<Gpu>::new(parent, Ok(()))?;
        // SAFETY: The registration is dropped at the end of this closure, below a bound parent.
        let _registration = unsafe { drm::Registration::new(parent.as_ref(), dev, (), 0) }?;
        let file = syscall(Node::primary(0).open())?;
        assert_eq!(syscall(file.version())?, (0, 0, 0));
        let mut arg = uapi::drm_nova_getparam::default();
        let result = file.ioctl(uapi::DRM_IOCTL_NOVA_GETPARAM, &mut arg);
        refused(syscall(result), EINVAL)
    })
}
