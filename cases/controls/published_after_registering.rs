//! Registering first and publishing the registration data afterwards: a client that is quick
//! reaches the data before it is there.
//@ claim: registration-data-needs-registered
//@ generations: api, linux-7.3
//@ violation: wild-access
use driver::{data, syscall, with_parent, Probe};
use hw_stub::client::Node;
use kernel::drm;
use kernel::error::{to_result, Result};
use kernel::uapi;

pub fn main() -> Result {
    with_parent(|parent| {
        let dev = drm::UnregisteredDevice::<Probe>::new(parent, data())?;
        let raw: *mut bindings::drm_device = (&raw const *dev).cast_mut().cast();
        // SAFETY: `struct drm_device` is the first field of a device, which was never registered.
        // BREAKS the invariant that registration data is published before this.
        to_result(unsafe { bindings::drm_dev_register(raw, 0) })?;
        let file = syscall(Node::render(0).open())?;
        let mut arg = uapi::drm_nova_getparam::default();
        syscall(file.ioctl(uapi::DRM_IOCTL_NOVA_GETPARAM, &mut arg))?;
        Ok(())
    })
}
