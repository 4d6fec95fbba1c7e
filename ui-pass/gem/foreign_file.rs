//! An object gets no handle in a file of another device, even if that has the same driver.
//@ claim: gem-handle-own-device
//@ generations: api, linux-7.3
use driver::{minimal_driver, refused, syscall, with_parent};
use hw_stub::client::{File, Node};
use kernel::drm::gem::{BaseObject, Object};
use kernel::drm::{self, Device, Registered};
use kernel::error::{code::EINVAL, Error, Result};
use kernel::sync::aref::ARef;
use kernel::{device, faux, uapi};

minimal_driver!(Gpu, GpuClient, GpuBuffer, data: (),
registration_data<'a>: ARef<Device<Gpu>>, parent: faux, ioctls: {
    (NOVA_GETPARAM, drm_nova_getparam, 0, share),
});

/// Gives the client a handle of an object of the device that is in the registration data.
fn share(
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
        let first = drm::UnregisteredDevice::<Gpu>::new(parent, Ok(()))?;
        let maker = ARef::<Device<Gpu>>::from(&*first);
        let first = register(parent, first, maker.clone())?;
        let second = drm::UnregisteredDevice::<Gpu>::new(parent, Ok(()))?;
        let second = register(parent, second, maker)?;

        let own = syscall(Node::primary(0).open())?;
        let foreign = syscall(Node::primary(1).open())?;
        let handle = ask(&own)?;
        refused(ask(&foreign), EINVAL)?;
        syscall(own.gem_close(handle))?;
        refused(syscall(own.gem_close(handle)), EINVAL)?;
        drop((first, second));
        Ok(())
    })
}

fn register(
    parent: &faux::Device<device::Bound>,
    dev: drm::UnregisteredDevice<Gpu>,
    maker: ARef<Device<Gpu>>,
) -> Result<drm::Registration<'_, Gpu>> {
    // SAFETY: The caller keeps the registration on its stack, below a parent that is bound.
    unsafe { drm::Registration::new(parent.as_ref(), dev, Ok::<_, Error>(maker), 0) }
}

fn ask(file: &File) -> Result<u32> {
    let mut arg = uapi::drm_nova_getparam::default();
    syscall(file.ioctl(uapi::DRM_IOCTL_NOVA_GETPARAM, &mut arg))?;
    Ok(arg.value as u32)
}
