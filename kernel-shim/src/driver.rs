//! What the buses have in common: registering a driver, and the life of its data.
//!
//! A bus adapter makes C callbacks from a driver's trait. When a device is unbound, they run in
//! this order (`drivers/base/dd.c`: `__device_release_driver`, `device_unbind_cleanup`): `remove`,
//! which first closes the device's registrations and then calls the driver's `unbind`;
//! `post_unbind_rust`, which drops the driver's data; and the release of managed resources.

mod adapter;

use crate::device::{self, CoreInternal};
use crate::error::{from_result, Error, Result};
use crate::ffi::c_int;
use crate::registrations;
use crate::str::CStr;
use crate::types::Opaque;
use crate::ThisModule;
use core::pin::Pin;
use pinned_init::{pin_data, pinned_drop, PinInit};

pub(crate) use adapter::{Adapter, Bus, Register};

/// What a driver looks like on some bus.
///
/// # Safety
///
/// `DriverType` is a C struct for which zeroes are a value, with a `struct device_driver` at
/// `DEVICE_DRIVER_OFFSET`; `DriverData` is what the adapter stores in the devices it probes.
pub unsafe trait DriverLayout {
    /// The C struct of a driver on this bus.
    type DriverType;

    /// The data that a driver keeps for each device.
    type DriverData<'bound>;

    /// Where the generic driver lies in the C struct.
    const DEVICE_DRIVER_OFFSET: usize;
}

/// How a driver is registered on some bus.
///
/// # Safety
///
/// After [`RegistrationOps::register`] succeeded and until [`RegistrationOps::unregister`] returns,
/// C may use the driver; before and after, it does not.
pub unsafe trait RegistrationOps: DriverLayout {
    /// Registers a driver.
    ///
    /// # Safety
    ///
    /// `reg` is zeroed but for the callbacks of the generic driver, and on success stays where it
    /// is until it is unregistered.
    unsafe fn register(
        reg: &Opaque<Self::DriverType>,
        name: &'static CStr,
        module: &'static ThisModule,
    ) -> Result;

    /// Unregisters a driver; its devices are unbound first.
    ///
    /// # Safety
    ///
    /// It was registered successfully, and is not unregistered twice.
    unsafe fn unregister(reg: &Opaque<Self::DriverType>);
}

/// A registered driver; unregistered when dropped.
///
/// # Invariants
///
/// `T::register` succeeded for `reg`.
#[pin_data(PinnedDrop)]
pub struct Registration<T: RegistrationOps> {
    #[pin]
    reg: Opaque<T::DriverType>,
}

// SAFETY: Drivers may be unregistered on any thread.
unsafe impl<T: RegistrationOps> Send for Registration<T> {}

// SAFETY: A shared registration gives no access to anything.
unsafe impl<T: RegistrationOps> Sync for Registration<T> {}

impl<T: RegistrationOps + 'static> Registration<T> {
    /// Registers a driver.
    pub fn new(name: &'static CStr, module: &'static ThisModule) -> impl PinInit<Self, Error> {
        crate::try_pin_init!(Self {
            // INVARIANT: The initialiser fails if `register` does.
            reg <- Opaque::try_ffi_init(move |slot: *mut T::DriverType| {
                // SAFETY: The slot is valid for writes, and zeroes are a value.
                unsafe { slot.write_bytes(0, 1) };
                // SAFETY: The generic driver lies there.
                unsafe {
                    let driver = slot
                        .byte_add(T::DEVICE_DRIVER_OFFSET)
                        .cast::<bindings::device_driver>();
                    (*driver).p_cb.post_unbind_rust = Some(Self::post_unbind_callback);
                }
                // SAFETY: The slot is valid, and pinned.
                let reg = unsafe { &*Opaque::cast_from(slot) };
                // SAFETY: It is zeroed but for the callback, pinned, and unregistered on drop.
                unsafe { T::register(reg, name, module) }
            }),
        })
    }

    unsafe extern "C" fn post_unbind_callback(dev: *mut bindings::device) {
        // SAFETY: The driver core passes a valid device, whose resources are not released yet.
        let dev = unsafe { device::Device::<CoreInternal<'_>>::from_raw(dev) };
        // SAFETY: `DriverData` is what the adapter stored, if anything; nobody uses it any more,
        // as no callback of the bus runs.
        drop(unsafe { dev.drvdata_obtain::<T::DriverData<'_>>() });
    }
}

#[pinned_drop]
impl<T: RegistrationOps> PinnedDrop for Registration<T> {
    fn drop(self: Pin<&mut Self>) {
        // SAFETY: It is registered by the type invariant, and dropped once.
        unsafe { T::unregister(&self.reg) };
    }
}

/// The common part of the `probe` callbacks: initialises the driver's data and stores it.
pub(crate) fn probe<'bound, T, I>(
    dev: &'bound device::Device<CoreInternal<'_>>,
    init: impl FnOnce() -> I,
) -> c_int
where
    I: PinInit<T, Error> + 'bound,
{
    from_result(|| {
        registrations::open(dev)?;
        dev.set_drvdata(init())
            .inspect_err(|_| registrations::close(dev))?;
        Ok(0)
    })
}

/// Declares a module that is a driver on some bus.
#[doc(hidden)]
#[macro_export]
macro_rules! module_driver {
    (<$gen_type:ident>, $driver_ops:ty, { type: $type:ty, $($f:tt)* }) => {
        type Ops<$gen_type> = $driver_ops;

        /// The module: a registered driver.
        pub struct DriverModule {
            _driver: ::core::pin::Pin<
                $crate::alloc::KBox<$crate::driver::Registration<Ops<$type>>>,
            >,
        }

        impl $crate::Module for DriverModule {
            fn init(module: &'static $crate::ThisModule) -> $crate::error::Result<Self> {
                let driver = $crate::driver::Registration::new(
                    <Self as $crate::ModuleMetadata>::NAME,
                    module,
                );
                Ok(Self {
                    _driver: <$crate::alloc::KBox<_> as $crate::init::InPlaceInit<_>>::pin_init(
                        driver,
                        $crate::alloc::flags::GFP_KERNEL,
                    )?,
                })
            }
        }

        $crate::module_macro! {
            type: DriverModule,
            $($f)*
        }
    };
}
