//! An ioctl handler with a registration guard, declared as a function, is refused: a handler is
//! lent the `Registered` device of its driver, and nothing else.
//@ claim: ioctl-belongs-to-driver
use kernel::drm;
use kernel::error::Result;
use kernel::uapi;

#[cfg(not(twin))]
driver::minimal_driver!(Gpu, GpuClient, GpuBuffer, data: (), ioctls: {
//~^ E0308 Registered
    (NOVA_GETPARAM, drm_nova_getparam, 0, handler),
});

#[cfg(not(twin))]
fn handler(
    _dev: &drm::RegistrationGuard<'_, Gpu>,
    _data: &(),
    _arg: &mut uapi::drm_nova_getparam,
    _file: &drm::File<GpuClient>,
) -> Result<u32> {
    Ok(0)
}

#[cfg(twin)]
driver::minimal_driver!(Gpu, GpuClient, GpuBuffer, data: (), ioctls: {
    (NOVA_GETPARAM, drm_nova_getparam, 0, handler),
});

#[cfg(twin)]
fn handler(
    _dev: &drm::Device<Gpu, drm::Registered>,
    _data: &(),
    _arg: &mut uapi::drm_nova_getparam,
    _file: &drm::File<GpuClient>,
) -> Result<u32> {
    Ok(0)
}

fn main() {}
