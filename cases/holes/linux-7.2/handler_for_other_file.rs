//! A handler may take the file for one of another driver, and reads that driver's data where there
//! is none.
//!
//! `File::from_raw()` is generic over the type of the file's data, and `declare_drm_ioctls!` lets
//! the handler's signature choose it, without a bound that it is the `File` of the driver whose
//! table it is. `File::inner()` then casts `driver_priv` to what was chosen.
//!
//! Here a handler with the right device and the wrong file reads 256 bytes of data of which the
//! driver allocated none. A handler should have to take `&drm::File<<Self as drm::Driver>::File>`.
//@ claim: driver-owns-file
//@ generations: linux-7.2
//@ violation: wild-access
use driver::{minimal_driver, syscall, with_parent, OtherClient};
use hw_stub::client::Node;
use kernel::error::Result;
use kernel::{drm, uapi};

minimal_driver!(Gpu, GpuClient, GpuBuffer, data: (), ioctls: {
    (NOVA_GETPARAM, drm_nova_getparam, 0, handler),
});

fn handler(
    _dev: &drm::Device<Gpu>,
    arg: &mut uapi::drm_nova_getparam,
    file: &drm::File<OtherClient>,
) -> Result<u32> {
    arg.value = file.inner().secret[31];
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
