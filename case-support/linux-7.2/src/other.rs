//! A second driver, whose parts must not be taken for those of [`Probe`](crate::Probe).

use kernel::drm;
use kernel::prelude::*;

/// A DRM driver that shares nothing with [`Probe`](crate::Probe).
pub struct Other;

/// What [`Other`] keeps for an open file.
pub struct OtherClient {
    /// Large, so that taking another type for it would read past the end of that.
    pub secret: [u64; 32],
}

impl drm::file::DriverFile for OtherClient {
    type Driver = Other;

    fn open(_dev: &drm::Device<Other>) -> Result<Pin<KBox<Self>>> {
        Ok(KBox::new(Self { secret: [0; 32] }, GFP_KERNEL)?.into())
    }
}

/// What [`Other`] keeps for a GEM object.
pub struct OtherBuffer {
    /// Large, so that taking another type for it would read past the end of that.
    pub secret: [u64; 32],
}

impl drm::gem::DriverObject for OtherBuffer {
    type Driver = Other;
    type Args = ();

    fn new<Ctx: drm::DeviceContext>(
        _dev: &drm::Device<Other, Ctx>,
        _size: usize,
        _args: (),
    ) -> impl PinInit<Self, Error> {
        Ok(Self { secret: [0; 32] })
    }
}

#[vtable]
impl drm::Driver for Other {
    type Data = u64;
    type Object<Ctx: drm::DeviceContext> = drm::gem::Object<OtherBuffer, Ctx>;
    type File = OtherClient;

    const INFO: drm::DriverInfo = drm::DriverInfo {
        major: 1,
        minor: 0,
        patchlevel: 0,
        name: c"other",
        desc: c"Another driver",
    };

    kernel::declare_drm_ioctls! {}
}
