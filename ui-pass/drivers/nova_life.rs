//! A driver in the shape of nova serves one client, step by step; the order of all events is known.
//@ claim: driver-leaves-nothing
#[path = "nova_like/firmware.rs"]
#[expect(dead_code, reason = "nobody asks the firmware to wait")]
mod firmware;
#[path = "nova_like/driver.rs"]
mod nova;

use driver::{refused, syscall, Loaded};
use hw_stub::bus::AuxiliaryDevice;
use hw_stub::client::Node;
use kernel::error::{code::ENODEV, to_result, Result};
use kernel::uapi;

pub fn main() -> Result {
    let module = (
        nova::DriverModule::init_module,
        nova::DriverModule::cleanup_module,
    );
    // SAFETY: Both functions are the module's, and nobody else calls them.
    let module = unsafe { Loaded::new(module.0, module.1) }?;
    let device = AuxiliaryDevice::add("nova-core", "nova-drm", 1);
    to_result(device.probe_result().unwrap_or_default())?;

    let file = syscall(Node::primary(0).open())?;
    let mut create = uapi::drm_nova_gem_create {
        size: 5000,
        ..Default::default()
    };
    syscall(file.ioctl(uapi::DRM_IOCTL_NOVA_GEM_CREATE, &mut create))?;
    let mut param = uapi::drm_nova_getparam {
        param: uapi::NOVA_GETPARAM_VRAM_BAR_SIZE.into(),
        ..Default::default()
    };
    syscall(file.ioctl(uapi::DRM_IOCTL_NOVA_GETPARAM, &mut param))?;
    assert_eq!(param.value, firmware::ANSWER);

    device.unbind();
    refused(
        syscall(file.ioctl(uapi::DRM_IOCTL_NOVA_GETPARAM, &mut param)),
        ENODEV,
    )?;
    file.close();
    drop(module);
    Ok(())
}
