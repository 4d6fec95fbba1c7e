//! A table is declared by a driver: there are no devices of another type.
//@ claim: ioctl-belongs-to-driver
//@ generations: api, linux-7.3, linux-7.2

#[cfg(not(twin))]
struct NoDriver;
#[cfg(not(twin))]
impl NoDriver {
    kernel::declare_drm_ioctls! {} //~ E0277 NoDriver
}

#[cfg(twin)]
driver::minimal_driver!(Gpu, GpuClient, GpuBuffer, data: (), ioctls: {});

fn main() {}
