//! A handler captures nothing: the core keeps the table, and would call it when there is nothing
//! left to capture.
//@ claim: ioctl-handler-keeps-nothing
//@ generations: api
use kernel::drm::{self, Registered};
use kernel::uapi::drm_nova_getparam;

#[cfg(not(twin))]
fn case(captured: u32) {
    let _ = captured;
    type Device = drm::Device<Gpu, Registered>;

    driver::minimal_driver!(Gpu, GpuClient, GpuBuffer, data: (), ioctls: {
        (NOVA_GETPARAM, drm_nova_getparam, 0,
            |_: &Device, _: &(), arg: &mut drm_nova_getparam, _: &drm::File<GpuClient>| {
                arg.value = 7;
                Ok(captured) //~ E0435 constant
            }),
    });
}
#[cfg(twin)]
fn case(_: u32) {
    type Device = drm::Device<Gpu, Registered>;

    driver::minimal_driver!(Gpu, GpuClient, GpuBuffer, data: (), ioctls: {
        (NOVA_GETPARAM, drm_nova_getparam, 0,
            |_: &Device, _: &(), arg: &mut drm_nova_getparam, _: &drm::File<GpuClient>| {
                arg.value = 7;
                Ok(0)
            }),
    });
}

fn main() {}
