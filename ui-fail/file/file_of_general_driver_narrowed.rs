//! A file of one driver is not a file of a supertype of that driver, whose objects may be of
//! another type.
//@ claim: driver-owns-file
//@ generations: api
use driver::LocalModule;
use kernel::{device, drm, faux, prelude::*};

type General = for<'a> fn(&'a u8);
#[cfg(not(twin))]
type Narrow = fn(&'static u8);
#[cfg(twin)]
type Narrow = General;

struct Gpu<X>(X);

impl<X: Send + Sync + 'static> drm::file::DriverFile for Gpu<X> {
    type Driver = Gpu<X>;

    fn open(_dev: &drm::Device<Gpu<X>>) -> Result<Pin<KBox<Self>>> {
        Err(ENODEV)
    }
}

impl<X: Send + Sync + 'static> drm::gem::DriverObject for Gpu<X> {
    type Driver = Gpu<X>;
    type Args = X;

    fn new(_: &drm::Device<Gpu<X>>, _: usize, args: X) -> impl PinInit<Self, Error> {
        Ok(Gpu(args))
    }
}

#[vtable]
impl<X: Send + Sync + 'static> drm::Driver for Gpu<X> {
    type Data = ();
    type RegistrationData<'a> = ();
    type Object = drm::gem::Object<Gpu<X>>;
    type File = Gpu<X>;
    type ParentDevice<Ctx: device::DeviceContext> = faux::Device<Ctx>;

    const INFO: drm::DriverInfo = driver::Probe::INFO;

    kernel::declare_drm_ioctls! {}
}

fn case(file: &drm::File<Gpu<General>>) -> &drm::File<Gpu<Narrow>> {
    file //~ E0308 "more general"
}

fn main() {
    let _ = Gpu(0).0;
}
