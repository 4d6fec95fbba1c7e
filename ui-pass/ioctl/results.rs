//! What a handler returns reaches the client: a number, an error, or ERANGE when the number is too
//! large for a C function to return.
//@ claim: ioctl-handler-is-safe
//@ generations: api, linux-7.3
use driver::{minimal_driver, refused, syscall, with_parent};
use hw_stub::client::{File, Node};
use kernel::drm::{self, Device, Registered};
use kernel::error::code::{EBUSY, ERANGE};
use kernel::error::Result;
use kernel::uapi::{drm_nova_getparam, DRM_IOCTL_NOVA_GETPARAM};

minimal_driver!(Gpu, GpuClient, GpuBuffer, data: (), ioctls: {
    (NOVA_GETPARAM, drm_nova_getparam, 0, get_param),
});

fn get_param(
    _dev: &Device<Gpu, Registered>,
    _data: &(),
    arg: &mut drm_nova_getparam,
    _file: &drm::File<GpuClient>,
) -> Result<u32> {
    match arg.param {
        0 => Err(EBUSY),
        param => Ok(param as u32),
    }
}

pub fn main() -> Result {
    with_parent(|parent| {
        let dev = drm::UnregisteredDevice::<Gpu>::new(parent, Ok(()))?;
        // SAFETY: The registration is dropped at the end of this closure, below a bound parent.
        let _registration = unsafe { drm::Registration::new(parent.as_ref(), dev, (), 0) }?;
        let file = syscall(Node::primary(0).open())?;
        refused(ask(&file, 0), EBUSY)?;
        assert_eq!(ask(&file, 7)?, 7);
        assert_eq!(ask(&file, i32::MAX as u64)?, i32::MAX);
        refused(ask(&file, 1 << 31), ERANGE)
    })
}

fn ask(file: &File, param: u64) -> Result<i32> {
    let mut arg = drm_nova_getparam { param, value: 0 };
    syscall(file.ioctl(DRM_IOCTL_NOVA_GETPARAM, &mut arg))
}
