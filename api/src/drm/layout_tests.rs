//! Layout and auto traits over several kinds of driver data, and the table that reviewers read.

use super::super::{EverRegistered, Ioctl, Normal, Registered};
use super::super::{Registration, RegistrationGuard, UnregisteredDevice};
use super::*;
use crate::prelude::*;
use crate::sync::aref::ARef;
use crate::{device, faux};
use core::num::NonZeroU64;
use static_assertions as sa;
use std::fmt::Write;

struct LocalModule;

impl crate::ModuleMetadata for LocalModule {
    const NAME: &'static CStr = c"layout";
    // SAFETY: A module that is built in has no `struct module`.
    const THIS_MODULE: crate::ThisModule =
        unsafe { crate::ThisModule::from_ptr(core::ptr::null_mut()) };
}

macro_rules! drivers {
    ($($driver:ident($data:ty) $client:ident $buffer:ident;)*) => {$(
        struct $driver;
        struct $client;
        struct $buffer;

        impl drm::file::DriverFile for $client {
            type Driver = $driver;

            fn open(_dev: &drm::Device<$driver>) -> Result<Pin<KBox<Self>>> {
                Err(ENODEV)
            }
        }

        impl drm::gem::DriverObject for $buffer {
            type Driver = $driver;
            type Args = ();

            fn new(_: &drm::Device<$driver>, _: usize, _: ()) -> impl PinInit<Self, Error> {
                Ok(Self)
            }
        }

        #[vtable]
        impl drm::Driver for $driver {
            type OwnerModule = LocalModule;
            type Data = $data;
            type RegistrationData<'a> = &'a u64;
            type Object = drm::gem::Object<$buffer>;
            type File = $client;
            type ParentDevice<Ctx: device::DeviceContext> = faux::Device<Ctx>;

            const INFO: drm::DriverInfo = drm::DriverInfo {
                major: 0,
                minor: 0,
                patchlevel: 0,
                name: c"layout",
                desc: c"layout",
            };

            kernel::declare_drm_ioctls! {}
        }

        const _: () = assert_same_in_every_context::<$driver>();

        sa::assert_eq_size!(Device<$driver, Normal>, Device<$driver, Ioctl>);
        sa::assert_eq_size!(Device<$driver, Normal>, Device<$driver, Registered>);
        sa::assert_eq_align!(Device<$driver, Normal>, Device<$driver, Ioctl>);
        sa::assert_eq_align!(Device<$driver, Normal>, Device<$driver, Registered>);
        sa::assert_impl_all!(Device<$driver, Normal>: Send, Sync);
        sa::assert_impl_all!(Device<$driver, Ioctl>: Send, Sync);
        sa::assert_impl_all!(Device<$driver, Registered>: Send, Sync);
        sa::assert_impl_all!(ARef<Device<$driver>>: Send, Sync);
        sa::assert_impl_all!(EverRegistered<$driver>: Send, Sync);
        sa::assert_impl_all!(Registration<'static, $driver>: Send, Sync);
        sa::assert_not_impl_any!(UnregisteredDevice<$driver>: Send, Sync, Clone);
        sa::assert_not_impl_any!(RegistrationGuard<'static, $driver>: Send, Clone);
        sa::assert_not_impl_any!(Device<$driver, Registered>: Clone);
    )*

    fn rows() -> String {
        let mut rows = String::new();
        $(row::<$driver>(&mut rows, stringify!($data));)*
        rows
    }};
}

#[repr(align(16))]
#[expect(dead_code, reason = "only its layout is looked at")]
struct Aligned(u8);

drivers! {
    Empty(()) EmptyClient EmptyBuffer;
    Byte(u8) ByteClient ByteBuffer;
    Sixteen(Aligned) SixteenClient SixteenBuffer;
    Large([u64; 512]) LargeClient LargeBuffer;
    Niche(Option<NonZeroU64>) NicheClient NicheBuffer;
}

sa::assert_eq_size!(Normal, Ioctl, Registered, ());
sa::assert_eq_align!(Normal, Ioctl, Registered, ());
sa::assert_impl_all!(Normal: Send, Sync);
sa::assert_impl_all!(Ioctl: Send, Sync);
sa::assert_impl_all!(Registered: Send, Sync);

fn row<T: drm::Driver>(rows: &mut String, data: &str) {
    let base = DeviceLayout::of::<T, Normal>().dev_end();
    for (name, layout) in context::layouts::<T>() {
        writeln!(
            rows,
            "{data:<20} {name:<10} align {:>2}  dev {}  data +{:<2}  registration_data +{:<4}  size +{}",
            layout.align,
            layout.dev,
            layout.data - base,
            layout.registration_data - base,
            layout.size - base,
        )
        .expect("a String takes any text");
    }
}

impl DeviceLayout {
    /// Where `struct drm_device` ends; offsets are counted from there, as it differs by kernel.
    const fn dev_end(self) -> usize {
        self.dev + size_of::<bindings::drm_device>()
    }
}

#[test]
fn a_device_lies_the_same_in_every_context() {
    insta::with_settings!({ snapshot_path => "../../../snapshots/layout", prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("device", rows());
    });
}
