//! A driver cannot give its files another driver's data: its handlers would read past the end.
//@ claim: driver-owns-file
//@ generations: api, linux-7.3
use driver::{LocalModule, OtherClient, Probe};
use kernel::{device, drm, faux, prelude::*};

struct Gpu;
struct Client;

impl drm::file::DriverFile for Client {
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
    type Object = drm::gem::Object<Gpu>;
    #[cfg(not(twin))]
    type File = OtherClient; //~ E0271 Other
    #[cfg(twin)]
    type File = Client;
    type ParentDevice<Ctx: device::DeviceContext> = faux::Device<Ctx>;

    const INFO: drm::DriverInfo = Probe::INFO;

    kernel::declare_drm_ioctls! {}
}

fn main() {
    let _ = (Client, core::any::type_name::<OtherClient>());
}
