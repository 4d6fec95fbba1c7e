//! From a [`Driver`] to the callbacks of the C bus.
//!
//! See `drivers/base/platform.c`: `platform_probe`, `platform_remove`. What all buses share is in
//! [`crate::driver`].

use super::{Device, Driver};
use crate::device::CoreInternal;
use crate::error::{to_result, Result};
use crate::ffi::c_int;
use crate::str::{CStr, CStrExt};
use crate::types::Opaque;
use crate::ThisModule;
use crate::{driver, registrations};
use core::marker::PhantomData;
use core::mem::offset_of;
use core::ptr::null;

/// Registers a [`Driver`] on the platform bus.
pub struct Adapter<T: Driver>(PhantomData<T>);

// SAFETY: A `struct platform_driver` may be zeroed, and `probe_callback` stores `T::Data`.
unsafe impl<T: Driver> driver::DriverLayout for Adapter<T> {
    type DriverType = bindings::platform_driver;
    type DriverData<'bound> = T::Data<'bound>;

    const DEVICE_DRIVER_OFFSET: usize = offset_of!(bindings::platform_driver, driver);
}

// SAFETY: The bus uses a driver from a successful registration to the end of `unregister`.
unsafe impl<T: Driver + 'static> driver::RegistrationOps for Adapter<T> {
    unsafe fn register(
        pdrv: &Opaque<bindings::platform_driver>,
        name: &'static CStr,
        module: &'static ThisModule,
    ) -> Result {
        let pdrv = pdrv.get();
        // SAFETY: The driver is not registered yet, so nobody else uses it.
        unsafe {
            (*pdrv).driver.name = name.as_char_ptr();
            (*pdrv).driver.of_match_table = T::OF_ID_TABLE.map_or(null(), |table| table.as_ptr());
            (*pdrv).probe = Some(Self::probe_callback);
            (*pdrv).remove = Some(Self::remove_callback);
        }
        // SAFETY: The driver is complete, and the caller keeps it where it is.
        to_result(unsafe {
            bindings::__platform_driver_register(pdrv, module.as_ptr(), name.as_char_ptr())
        })
    }

    unsafe fn unregister(pdrv: &Opaque<bindings::platform_driver>) {
        // SAFETY: The caller guarantees that it is registered.
        unsafe { bindings::platform_driver_unregister(pdrv.get()) };
    }
}

impl<T: Driver> Adapter<T> {
    unsafe extern "C" fn probe_callback(pdev: *mut bindings::platform_device) -> c_int {
        // SAFETY: The bus passes a valid device, and probes it on behalf of this callback alone.
        let pdev = unsafe { &*pdev.cast::<Device<CoreInternal<'_>>>() };
        // SAFETY: The device is valid.
        let info = unsafe { bindings::device_get_match_data(pdev.as_ref().as_raw()) };
        // SAFETY: It is null, or the data of an entry of `T::OF_ID_TABLE`, the only table that the
        // driver has: a `&'static T::IdInfo`.
        let info = unsafe { info.cast::<T::IdInfo>().as_ref() };
        driver::probe(pdev.as_ref(), || T::probe(pdev, info))
    }

    unsafe extern "C" fn remove_callback(pdev: *mut bindings::platform_device) {
        // SAFETY: The bus passes a valid device, which is unbound after this callback.
        let pdev = unsafe { &*pdev.cast::<Device<CoreInternal<'_>>>() };
        registrations::close(pdev.as_ref());
        // SAFETY: `remove` follows a successful `probe`, which stored `T::Data`, and comes before
        // `post_unbind_rust`, which takes it back.
        let data = unsafe { pdev.as_ref().drvdata_borrow::<T::Data<'_>>() };
        T::unbind(pdev, data);
    }
}
