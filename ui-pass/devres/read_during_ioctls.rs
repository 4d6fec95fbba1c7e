//! Ioctls read a managed resource that was added before the registration, until userspace is gone;
//! then the resource is released, whoever still holds it.
//@ claim: foreign-owned-before-devres
use driver::{minimal_driver, refused, syscall};
use hw_stub::client::{File, Node};
use kernel::alloc::flags::GFP_KERNEL;
use kernel::devres::Devres;
use kernel::drm::{self, Device, Registered};
use kernel::error::code::{EINVAL, ENODEV};
use kernel::error::{Error, Result};
use kernel::sync::Arc;
use kernel::{device, faux, uapi};

minimal_driver!(Gpu, GpuClient, GpuBuffer, data: (),
registration_data<'a>: Arc<Devres<u64>>, parent: faux, ioctls: {
    (NOVA_GETPARAM, drm_nova_getparam, 0, get_param),
});

fn get_param(
    dev: &Device<Gpu, Registered>,
    resource: &Arc<Devres<u64>>,
    arg: &mut uapi::drm_nova_getparam,
    _file: &drm::File<GpuClient>,
) -> Result<u32> {
    let parent: &faux::Device<device::Bound> = dev.as_ref();
    arg.value = *resource.access(parent.as_ref())?;
    Ok(0)
}

pub fn main() -> Result {
    let parent = faux::Registration::new(c"parent", None)?;
    let bound = parent.as_ref().as_ref();
    let resource = Arc::new(Devres::new::<Error>(bound, Ok(7))?, GFP_KERNEL)?;
    let dev = drm::UnregisteredDevice::<Gpu>::new(parent.as_ref(), Ok(()))?;
    let data = Ok::<_, Error>(resource.clone());
    drm::Registration::new_foreign_owned(bound, dev, data, 0)?;
    let file = syscall(Node::primary(0).open())?;
    assert_eq!(ask(&file)?, 7);
    drop(parent);
    refused(ask(&file), ENODEV)?;
    assert!(resource.try_access().is_none());

    let other = faux::Registration::new(c"other", None)?;
    refused(resource.access(other.as_ref().as_ref()), EINVAL)
}

fn ask(file: &File) -> Result<u64> {
    let mut arg = uapi::drm_nova_getparam::default();
    syscall(file.ioctl(uapi::DRM_IOCTL_NOVA_GETPARAM, &mut arg))?;
    Ok(arg.value)
}
