//! One driver serves two devices: one is taken away while clients of the other go on.
//@ claim: driver-leaves-nothing
#[path = "nova_like/firmware.rs"]
#[expect(dead_code, reason = "nobody asks the firmware to wait")]
mod firmware;
#[path = "nova_like/driver.rs"]
mod nova;

use driver::{refused, syscall, Loaded};
use hw_stub::bus::AuxiliaryDevice;
use hw_stub::client::{File, Node};
use kernel::error::{code::ENODEV, to_result, Result};
use kernel::uapi;

pub fn main() -> Result {
    let first = AuxiliaryDevice::add("nova-core", "nova-drm", 1);
    let module = (
        nova::DriverModule::init_module,
        nova::DriverModule::cleanup_module,
    );
    // SAFETY: Both functions are the module's, and nobody else calls them.
    let _module = unsafe { Loaded::new(module.0, module.1) }?;
    let second = AuxiliaryDevice::add("nova-core", "nova-drm", 2);
    let stranger = AuxiliaryDevice::add("nova-core", "other-part", 3);
    to_result(first.probe_result().unwrap_or_default())?;
    to_result(second.probe_result().unwrap_or_default())?;
    assert_eq!(stranger.probe_result(), None);

    let of_first = syscall(Node::primary(0).open())?;
    let of_second = syscall(Node::primary(1).open())?;
    ask(&of_first)?;
    drop(first);
    refused(ask(&of_first), ENODEV)?;
    ask(&of_second)
}

fn ask(file: &File) -> Result {
    let mut arg = uapi::drm_nova_getparam {
        param: uapi::NOVA_GETPARAM_VRAM_BAR_SIZE.into(),
        ..Default::default()
    };
    syscall(file.ioctl(uapi::DRM_IOCTL_NOVA_GETPARAM, &mut arg))?;
    assert_eq!(arg.value, firmware::ANSWER);
    Ok(())
}
