//! A driver in one line, for cases that need one of their own.

/// Declares a DRM driver with its client and its buffer, all without content.
///
/// `data` is the driver's data, `ioctls` its table in the syntax of `declare_drm_ioctls!`. Type of
/// registration data and bus of the parent may be given, as for later generations; a driver of this
/// one has neither.
#[macro_export]
macro_rules! minimal_driver {
    (
        $driver:ident, $client:ident, $buffer:ident,
        data: $data:ty, ioctls: { $($ioctls:tt)* } $(,)?
    ) => {
        $crate::minimal_driver!($driver, $client, $buffer, data: $data,
            registration_data<'a>: (), parent: faux, ioctls: { $($ioctls)* });
    };
    (
        $driver:ident, $client:ident, $buffer:ident, data: $data:ty,
        registration_data<$lifetime:lifetime>: $registration_data:ty, parent: $parent:ident,
        ioctls: { $($ioctls:tt)* } $(,)?
    ) => {
        pub struct $driver;
        pub struct $client;
        pub struct $buffer;

        impl kernel::drm::file::DriverFile for $client {
            type Driver = $driver;

            fn open(
                _dev: &kernel::drm::Device<$driver>,
            ) -> kernel::error::Result<core::pin::Pin<kernel::alloc::KBox<Self>>> {
                let client =
                    kernel::alloc::KBox::new(Self, kernel::alloc::flags::GFP_KERNEL)?;
                Ok(client.into())
            }
        }

        impl kernel::drm::gem::DriverObject for $buffer {
            type Driver = $driver;
            type Args = ();

            fn new<Ctx: kernel::drm::DeviceContext>(
                _dev: &kernel::drm::Device<$driver, Ctx>,
                _size: usize,
                _args: (),
            ) -> impl kernel::prelude::PinInit<Self, kernel::error::Error> {
                Ok(Self)
            }
        }

        #[kernel::prelude::vtable]
        impl kernel::drm::Driver for $driver {
            type Data = $data;
            type Object<Ctx: kernel::drm::DeviceContext> = kernel::drm::gem::Object<$buffer, Ctx>;
            type File = $client;

            const INFO: kernel::drm::DriverInfo = kernel::drm::DriverInfo {
                major: 0,
                minor: 0,
                patchlevel: 0,
                name: c"minimal",
                desc: c"A minimal driver",
            };

            kernel::declare_drm_ioctls! { $($ioctls)* }
        }
    };
}
