//! An ioctl handler that takes no guard does its work on a device that was unplugged meanwhile.
//@ claim: ioctl-runs-registered
//@ generations: api, linux-7.3, linux-7.2
//@ violation: ioctl-after-unplug
use core::ffi::c_void;
use driver::{data, syscall, with_parent, Probe};
use hw_stub::client::Node;
use kernel::drm;
use kernel::error::{to_result, Result};
use kernel::uapi;

/// The device goes while the handler runs.
unsafe extern "C" fn handler(
    dev: *mut bindings::drm_device,
    _data: *mut c_void,
    _file: *mut bindings::drm_file,
) -> i32 {
    // SAFETY: The core passes a registered device, and this thread is in no section of it.
    unsafe { bindings::drm_dev_unplug(dev) };
    0
}

pub fn main() -> Result {
    with_parent(|parent| {
        let dev = drm::UnregisteredDevice::<Probe>::new(parent, data())?;
        let raw: *mut bindings::drm_device = (&raw const *dev).cast_mut().cast();
        // SAFETY: The device is alive, and its driver is a table of constants.
        let original = unsafe { (*raw).driver };
        // SAFETY: As above; the first entry of the table is that of `DRM_IOCTL_NOVA_GETPARAM`.
        let (mut table, mut entry) = unsafe { (*original, *(*original).ioctls) };
        entry.func = Some(handler);
        table.ioctls = &entry;
        table.num_ioctls = 1;
        // SAFETY: Nobody else uses the device yet. BREAKS the rule that entries are made by
        // `declare_drm_ioctls!`, whose handlers run inside of a guard.
        unsafe { (*raw).driver = &table };
        // SAFETY: The device is alive and was never registered; no handler reads its data.
        to_result(unsafe { bindings::drm_dev_register(raw, 0) })?;
        let file = syscall(Node::render(0).open())?;
        let mut arg = uapi::drm_nova_getparam::default();
        syscall(file.ioctl(uapi::DRM_IOCTL_NOVA_GETPARAM, &mut arg))?;
        file.close();
        // SAFETY: As above; `table` ends here, and the device's own is used again.
        unsafe { (*raw).driver = original };
        Ok(())
    })
}
