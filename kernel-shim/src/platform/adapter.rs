//! From a [`Driver`] to the callbacks of the C bus.
//!
//! See `drivers/base/platform.c`: `platform_probe`, `platform_remove`. What all buses share is in
//! [`crate::driver`].

use super::{Device, Driver};
use crate::device::CoreInternal;
use crate::driver;
use crate::ffi::c_int;
use crate::str::{CStr, CStrExt};
use core::marker::PhantomData;
use core::mem::offset_of;
use core::pin::Pin;
use core::ptr::null;

/// Registers a [`Driver`] on the platform bus.
pub type Adapter<T> = driver::Adapter<Platform<T>>;

/// The platform bus, as a [`Driver`] sees it.
pub struct Platform<T: Driver>(PhantomData<T>);

// SAFETY: The types and functions are those of the platform bus, and `probe_callback` stores
// `T::Data`.
unsafe impl<T: Driver + 'static> driver::Bus for Platform<T> {
    type DriverType = bindings::platform_driver;
    type RawDevice = bindings::platform_device;
    type Device<'a> = Device<CoreInternal<'a>>;
    type Data<'bound> = T::Data<'bound>;

    const DEVICE_DRIVER_OFFSET: usize = offset_of!(bindings::platform_driver, driver);
    const REGISTER: driver::Register<Self> = bindings::__platform_driver_register;
    const UNREGISTER: unsafe extern "C" fn(*mut Self::DriverType) =
        bindings::platform_driver_unregister;

    unsafe fn prepare(
        driver: *mut Self::DriverType,
        name: &'static CStr,
        remove: unsafe extern "C" fn(*mut Self::RawDevice),
    ) {
        // SAFETY: The caller guarantees that it is valid and used by nobody else.
        unsafe {
            (*driver).driver.name = name.as_char_ptr();
            (*driver).driver.of_match_table = T::OF_ID_TABLE.map_or(null(), |table| table.as_ptr());
            (*driver).probe = Some(Self::probe_callback);
            (*driver).remove = Some(remove);
        }
    }

    fn unbind<'a>(dev: &'a Self::Device<'_>, data: Pin<&Self::Data<'a>>) {
        T::unbind(dev, data);
    }
}

impl<T: Driver> Platform<T> {
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
}
