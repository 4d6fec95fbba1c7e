//! A driver's handles stand for objects that promise nothing about their device: a handle
//! outlives a registration.
//@ claim: gem-object-is-normal
//@ generations: api
use driver::{LocalModule, Probe};
use kernel::{device, drm, faux, prelude::*};

struct Gpu;

impl drm::file::DriverFile for Gpu {
    type Driver = Gpu;

    fn open(_dev: &drm::Device<Gpu>) -> Result<Pin<KBox<Self>>> {
        Err(ENODEV)
    }
}

impl drm::gem::DriverObject for Gpu {
    type Driver = Gpu;
    type Args = ();

    fn new(_: &drm::Device<Gpu>, _: usize, _: ()) -> impl PinInit<Self, Error> {
        Ok(Gpu)
    }
}

#[vtable]
impl drm::Driver for Gpu {
    type Data = ();
    type RegistrationData<'a> = ();
    #[cfg(not(twin))]
    type Object = drm::gem::Object<Gpu, drm::Registered>; //~ E0277 "memory manager"
    #[cfg(twin)]
    type Object = drm::gem::Object<Gpu, drm::Normal>;
    type File = Gpu;
    type ParentDevice<Ctx: device::DeviceContext> = faux::Device<Ctx>;

    const INFO: drm::DriverInfo = Probe::INFO;

    kernel::declare_drm_ioctls! {}
}

fn main() {}
