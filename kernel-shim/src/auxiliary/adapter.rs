//! From a [`Driver`] to the callbacks of the C bus.
//!
//! See `drivers/base/auxiliary.c`: `auxiliary_bus_probe`, `auxiliary_bus_remove`. What all buses
//! share is in [`crate::driver`].

use super::{Device, DeviceId, Driver};
use crate::device::CoreInternal;
use crate::ffi::c_int;
use crate::str::{CStr, CStrExt};
use crate::{device_id, driver};
use core::marker::PhantomData;
use core::mem::offset_of;
use core::pin::Pin;

/// Registers a [`Driver`] on the auxiliary bus.
pub type Adapter<T> = driver::Adapter<Auxiliary<T>>;

/// The auxiliary bus, as a [`Driver`] sees it.
pub struct Auxiliary<T: Driver>(PhantomData<T>);

// SAFETY: The types and functions are those of the auxiliary bus, and `probe_callback` stores
// `T::Data`.
unsafe impl<T: Driver + 'static> driver::Bus for Auxiliary<T> {
    type DriverType = bindings::auxiliary_driver;
    type RawDevice = bindings::auxiliary_device;
    type Device<'a> = Device<CoreInternal<'a>>;
    type Data<'bound> = T::Data<'bound>;

    const DEVICE_DRIVER_OFFSET: usize = offset_of!(bindings::auxiliary_driver, driver);
    const REGISTER: driver::Register<Self> = bindings::__auxiliary_driver_register;
    const UNREGISTER: unsafe extern "C" fn(*mut Self::DriverType) =
        bindings::auxiliary_driver_unregister;

    unsafe fn prepare(
        driver: *mut Self::DriverType,
        name: &'static CStr,
        remove: unsafe extern "C" fn(*mut Self::RawDevice),
    ) {
        // SAFETY: The caller guarantees that it is valid and used by nobody else.
        unsafe {
            (*driver).name = name.as_char_ptr();
            (*driver).id_table = T::ID_TABLE.as_ptr();
            (*driver).probe = Some(Self::probe_callback);
            (*driver).remove = Some(remove);
        }
    }

    fn unbind<'a>(dev: &'a Self::Device<'_>, data: Pin<&Self::Data<'a>>) {
        T::unbind(dev, data);
    }
}

impl<T: Driver> Auxiliary<T> {
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
}
