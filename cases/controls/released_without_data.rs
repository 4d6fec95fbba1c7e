//! A release callback on a device whose data was never initialised drops what is not there.
//@ claim: failed-init-drops-nothing
//@ generations: api, linux-7.3, linux-7.2
//@ violation: data-dropped-uninitialised
use driver::{data, with_parent, Probe};
use kernel::drm::{self, Device};
use kernel::error::{from_err_ptr, Result};

extern "C" {
    fn hw_stub_data_dropped(kind: *const u8, len: usize, addr: *const core::ffi::c_void);
}

/// Stands for dropping the data of a device, in a way that can do no more harm.
unsafe extern "C" fn release(dev: *mut bindings::drm_device) {
    let kind = "device data";
    // SAFETY: The name is valid; the address is only compared.
    unsafe { hw_stub_data_dropped(kind.as_ptr(), kind.len(), dev.cast()) };
}

pub fn main() -> Result {
    with_parent(|parent| {
        let dev = drm::UnregisteredDevice::<Probe>::new(parent, data())?;
        let raw: *const bindings::drm_device = (&raw const *dev).cast();
        // SAFETY: The device is alive, and its driver is a table of constants.
        let mut table = unsafe { *(*raw).driver };
        table.release = Some(release);
        let size = size_of::<Device<Probe>>();
        // SAFETY: The parent is bound, the size covers a device, and `table` lives until the device
        // is put.
        let result = unsafe { bindings::__drm_dev_alloc((*raw).dev, &table, size, 0) };
        let device = from_err_ptr(result)?;
        // SAFETY: This is the only reference. BREAKS the requirement that the table has no release
        // callback while there is no data.
        unsafe { bindings::drm_dev_put(device.cast()) };
        Ok(())
    })
}
