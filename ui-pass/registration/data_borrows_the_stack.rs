//! Registration data borrows what lives longer than the registration: here a local variable.
//@ claim: registration-ends-before-borrows
//@ generations: api, linux-7.3
use driver::{minimal_driver, syscall, with_parent};
use hw_stub::client::Node;
use kernel::drm::{self, Device, Registered};
use kernel::error::{Error, Result};
use kernel::uapi;
use std::sync::atomic::{AtomicU64, Ordering};

minimal_driver!(Gpu, GpuClient, GpuBuffer, data: (),
registration_data<'a>: &'a AtomicU64, parent: faux, ioctls: {
    (NOVA_GETPARAM, drm_nova_getparam, drm::ioctl::AUTH, get_param),
});

fn get_param(
    _dev: &Device<Gpu, Registered>,
    data: &&AtomicU64,
    arg: &mut uapi::drm_nova_getparam,
    _file: &drm::File<GpuClient>,
) -> Result<u32> {
    arg.value = data.fetch_add(1, Ordering::Relaxed);
    Ok(0)
}

pub fn main() -> Result {
    let counter = AtomicU64::new(7);
    let result = with_parent(|parent| {
        let dev = drm::UnregisteredDevice::<Gpu>::new(parent, Ok(()))?;
        let data = Ok::<_, Error>(&counter);
        // SAFETY: The registration is dropped at the end of this closure, before `counter` is.
        let _registration = unsafe { drm::Registration::new(parent.as_ref(), dev, data, 0) }?;
        let file = syscall(Node::primary(0).open())?;
        let mut arg = uapi::drm_nova_getparam::default();
        syscall(file.ioctl(uapi::DRM_IOCTL_NOVA_GETPARAM, &mut arg))?;
        assert_eq!(arg.value, 7);
        Ok(())
    });
    assert!(counter.into_inner() <= 8);
    result
}
