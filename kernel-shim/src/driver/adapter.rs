//! From a driver's trait to the callbacks of the C bus, as far as all buses do the same.
//!
//! What a bus does in its own way is a [`Bus`]: its C types, its functions, the table of a driver,
//! and what its `probe` callback is given.

use super::{DriverLayout, RegistrationOps};
use crate::device::{self, CoreInternal};
use crate::error::{to_result, Result};
use crate::ffi::c_int;
use crate::registrations;
use crate::str::{CStr, CStrExt};
use crate::types::Opaque;
use crate::ThisModule;
use core::marker::PhantomData;
use core::pin::Pin;

/// A bus, as one driver on it sees it.
///
/// # Safety
///
/// - A `DriverType` may be zeroed, and has its `struct device_driver` at `DEVICE_DRIVER_OFFSET`.
/// - `Device` is a transparent wrapper of `RawDevice`.
/// - `REGISTER` and `UNREGISTER` are those of the bus, which uses a driver from a successful
///   registration to the end of `UNREGISTER`.
/// - `prepare` sets a `probe` callback that stores `Data` in the device.
pub unsafe trait Bus: 'static {
    /// The C struct of a driver on this bus.
    type DriverType;

    /// The C struct of a device on this bus.
    type RawDevice;

    /// A device on this bus, in a callback.
    type Device<'a>: AsRef<device::Device<CoreInternal<'a>>>;

    /// The data that the driver keeps for each device.
    type Data<'bound>;

    /// Where the generic driver lies in the C struct.
    const DEVICE_DRIVER_OFFSET: usize;

    /// The function that registers a driver, for a module and under a name.
    const REGISTER: Register<Self>;

    /// The function that unregisters a driver.
    const UNREGISTER: unsafe extern "C" fn(*mut Self::DriverType);

    /// Sets the name, the table and the callbacks, of which `remove` is given.
    ///
    /// # Safety
    ///
    /// `driver` is valid, and nobody else uses it.
    unsafe fn prepare(
        driver: *mut Self::DriverType,
        name: &'static CStr,
        remove: unsafe extern "C" fn(*mut Self::RawDevice),
    );

    /// Calls the driver's `unbind`.
    fn unbind<'a>(dev: &'a Self::Device<'_>, data: Pin<&Self::Data<'a>>);
}

/// The C function that registers a driver of a bus.
pub type Register<B> =
    unsafe extern "C" fn(*mut <B as Bus>::DriverType, *mut bindings::module, *const u8) -> c_int;

/// Registers a driver on a bus.
pub struct Adapter<B: Bus>(PhantomData<B>);

// SAFETY: As a `Bus` guarantees.
unsafe impl<B: Bus> DriverLayout for Adapter<B> {
    type DriverType = B::DriverType;
    type DriverData<'bound> = B::Data<'bound>;

    const DEVICE_DRIVER_OFFSET: usize = B::DEVICE_DRIVER_OFFSET;
}

// SAFETY: As a `Bus` guarantees.
unsafe impl<B: Bus> RegistrationOps for Adapter<B> {
    unsafe fn register(
        driver: &Opaque<B::DriverType>,
        name: &'static CStr,
        module: &'static ThisModule,
    ) -> Result {
        // SAFETY: The driver is not registered yet, so nobody else uses it.
        unsafe { B::prepare(driver.get(), name, remove_callback::<B>) };
        // SAFETY: The driver is complete, and the caller keeps it where it is.
        to_result(unsafe { B::REGISTER(driver.get(), module.as_ptr(), name.as_char_ptr()) })
    }

    unsafe fn unregister(driver: &Opaque<B::DriverType>) {
        // SAFETY: The caller guarantees that it is registered.
        unsafe { B::UNREGISTER(driver.get()) };
    }
}

/// # Safety
///
/// The bus passes a valid device that `probe` succeeded for, and unbinds it afterwards.
unsafe extern "C" fn remove_callback<B: Bus>(dev: *mut B::RawDevice) {
    // SAFETY: The bus passes a valid device, which is unbound after this callback.
    let dev = unsafe { &*dev.cast::<B::Device<'_>>() };
    registrations::close(dev.as_ref());
    // SAFETY: `remove` follows a successful `probe`, which stored `B::Data`, and comes before
    // `post_unbind_rust`, which takes it back.
    let data = unsafe { dev.as_ref().drvdata_borrow::<B::Data<'_>>() };
    B::unbind(dev, data);
}
