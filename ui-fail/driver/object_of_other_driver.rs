//! A driver cannot let its handles stand for another driver's objects: its open callback would
//! take one for the other.
//@ claim: driver-owns-object
//@ generations: api
use driver::{LocalModule, OtherBuffer, Probe};
use kernel::{device, drm, faux, prelude::*};

struct Gpu;
struct Buffer;

impl drm::file::DriverFile for Gpu {
    type Driver = Gpu;

    fn open(_dev: &drm::Device<Gpu>) -> Result<Pin<KBox<Self>>> {
        Err(ENODEV)
    }
}

impl drm::gem::DriverObject for Buffer {
    type Driver = Gpu;
    type Args = ();

    fn new(_: &drm::Device<Gpu>, _: usize, _: ()) -> impl PinInit<Self, Error> {
        Ok(Buffer)
    }
}

#[vtable]
impl drm::Driver for Gpu {
    type Data = ();
    type RegistrationData<'a> = ();
    #[cfg(not(twin))]
    type Object = drm::gem::Object<OtherBuffer>; //~ E0271 Other
    #[cfg(twin)]
    type Object = drm::gem::Object<Buffer>;
    type File = Gpu;
    type ParentDevice<Ctx: device::DeviceContext> = faux::Device<Ctx>;

    const INFO: drm::DriverInfo = Probe::INFO;

    kernel::declare_drm_ioctls! {}
}

fn main() {
    let _ = (Gpu, Buffer, core::any::type_name::<OtherBuffer>());
}
