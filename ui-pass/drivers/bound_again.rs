//! A driver is bound to its device, unbound and bound again, and finally loses the device: each
//! time it makes a new DRM device, and nothing of the old ones is left.
//@ claim: driver-leaves-nothing
#[path = "nova_like/firmware.rs"]
#[expect(dead_code, reason = "nobody asks the firmware")]
mod firmware;
#[path = "nova_like/driver.rs"]
mod nova;

use driver::{syscall, Loaded};
use hw_stub::bus::AuxiliaryDevice;
use hw_stub::client;
use kernel::error::{to_result, Result};

pub fn main() -> Result {
    let module = (
        nova::DriverModule::init_module,
        nova::DriverModule::cleanup_module,
    );
    // SAFETY: Both functions are the module's, and nobody else calls them.
    let _module = unsafe { Loaded::new(module.0, module.1) }?;
    let device = AuxiliaryDevice::add("nova-core", "nova-drm", 1);
    to_result(device.probe_result().unwrap_or_default())?;
    for _ in 0..3 {
        assert_eq!(client::primary_nodes().len(), 1);
        device.unbind();
        assert!(client::primary_nodes().is_empty());
        syscall(device.bind())?;
    }
    drop(device);
    assert!(client::primary_nodes().is_empty());
    Ok(())
}
