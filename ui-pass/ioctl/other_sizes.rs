//! A client may be older or newer than the driver: what it does not send is zero, and what it sends
//! beyond the argument does not reach the handler.
//@ claim: ioctl-argument-matches
//@ generations: api, linux-7.3
use driver::{minimal_driver, refused, syscall, with_parent};
use hw_stub::client::Node;
use kernel::drm::{self, ioctl, Device, Registered};
use kernel::error::{code::EFAULT, Result};
use kernel::uapi::{drm_nova_getparam, DRM_COMMAND_BASE};

minimal_driver!(Gpu, GpuClient, GpuBuffer, data: (), ioctls: {
    (NOVA_GETPARAM, drm_nova_getparam, 0, get_param),
});

fn get_param(
    _dev: &Device<Gpu, Registered>,
    _data: &(),
    arg: &mut drm_nova_getparam,
    _file: &drm::File<GpuClient>,
) -> Result<u32> {
    arg.param += arg.value + 1;
    arg.value = 7;
    Ok(0)
}

pub fn main() -> Result {
    with_parent(|parent| {
        let dev = drm::UnregisteredDevice::<Gpu>::new(parent, Ok(()))?;
        // SAFETY: The registration is dropped at the end of this closure, below a bound parent.
        let _registration = unsafe { drm::Registration::new(parent.as_ref(), dev, (), 0) }?;
        let file = syscall(Node::primary(0).open())?;

        let mut older = 1u64;
        syscall(file.ioctl(ioctl::IOWR::<u64>(DRM_COMMAND_BASE), &mut older))?;
        assert_eq!(older, 2);

        let mut newer = [1u64, 2, 3];
        syscall(file.ioctl(ioctl::IOWR::<[u64; 3]>(DRM_COMMAND_BASE), &mut newer))?;
        assert_eq!(newer, [4, 7, 3]);

        let nowhere = file.ioctl_raw(ioctl::IOWR::<u64>(DRM_COMMAND_BASE), 0);
        refused(syscall(nowhere), EFAULT)
    })
}
