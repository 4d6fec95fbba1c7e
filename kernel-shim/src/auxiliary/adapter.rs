//! From a [`Driver`] to the callbacks of the C bus.
//!
//! See `drivers/base/auxiliary.c`: `auxiliary_bus_probe`, `auxiliary_bus_remove`. What all buses
//! share is in [`crate::driver`].

use super::{Device, DeviceId, Driver};
use crate::device::CoreInternal;
use crate::error::{to_result, Result};
use crate::ffi::c_int;
use crate::str::{CStr, CStrExt};
use crate::types::Opaque;
use crate::ThisModule;
use crate::{device_id, driver, registrations};
use core::marker::PhantomData;
use core::mem::offset_of;

/// Registers a [`Driver`] on the auxiliary bus.
pub struct Adapter<T: Driver>(PhantomData<T>);

// SAFETY: A `struct auxiliary_driver` may be zeroed, and `probe_callback` stores `T::Data`.
unsafe impl<T: Driver> driver::DriverLayout for Adapter<T> {
    type DriverType = bindings::auxiliary_driver;
    type DriverData<'bound> = T::Data<'bound>;

    const DEVICE_DRIVER_OFFSET: usize = offset_of!(bindings::auxiliary_driver, driver);
}

// SAFETY: The bus uses a driver from a successful registration to the end of `unregister`.
unsafe impl<T: Driver + 'static> driver::RegistrationOps for Adapter<T> {
    unsafe fn register(
        adrv: &Opaque<bindings::auxiliary_driver>,
        name: &'static CStr,
        module: &'static ThisModule,
    ) -> Result {
        let adrv = adrv.get();
        // SAFETY: The driver is not registered yet, so nobody else uses it.
        unsafe {
            (*adrv).name = name.as_char_ptr();
            (*adrv).probe = Some(Self::probe_callback);
            (*adrv).remove = Some(Self::remove_callback);
            (*adrv).id_table = T::ID_TABLE.as_ptr();
        }
        // SAFETY: The driver is complete, and the caller keeps it where it is.
        to_result(unsafe {
            bindings::__auxiliary_driver_register(adrv, module.as_ptr(), name.as_char_ptr())
        })
    }

    unsafe fn unregister(adrv: &Opaque<bindings::auxiliary_driver>) {
        // SAFETY: The caller guarantees that it is registered.
        unsafe { bindings::auxiliary_driver_unregister(adrv.get()) };
    }
}

impl<T: Driver> Adapter<T> {
    unsafe extern "C" fn probe_callback(
        adev: *mut bindings::auxiliary_device,
        id: *const bindings::auxiliary_device_id,
    ) -> c_int {
        // SAFETY: The bus passes a valid device, and probes it on behalf of this callback alone.
        let adev = unsafe { &*adev.cast::<Device<CoreInternal<'_>>>() };
        // SAFETY: The bus passes the entry of `T::ID_TABLE` that matched.
        let info = unsafe { device_id::info::<DeviceId, T::IdInfo>(id) };
        driver::probe(adev.as_ref(), || T::probe(adev, info))
    }

    unsafe extern "C" fn remove_callback(adev: *mut bindings::auxiliary_device) {
        // SAFETY: The bus passes a valid device, which is unbound after this callback.
        let adev = unsafe { &*adev.cast::<Device<CoreInternal<'_>>>() };
        registrations::close(adev.as_ref());
        // SAFETY: `remove` follows a successful `probe`, which stored `T::Data`, and comes before
        // `post_unbind_rust`, which takes it back.
        let data = unsafe { adev.as_ref().drvdata_borrow::<T::Data<'_>>() };
        T::unbind(adev, data);
    }
}
