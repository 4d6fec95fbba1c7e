//! A driver in the shape of tyr serves one client, step by step; the order of all events of a
//! thread is known.
//@ claim: driver-leaves-nothing
#[path = "nova_like/firmware.rs"]
#[expect(dead_code, reason = "nobody asks the firmware to wait")]
mod firmware;
#[path = "tyr_like/gpu.rs"]
mod gpu;
#[path = "tyr_like/driver.rs"]
mod tyr;

use driver::{refused, syscall, Loaded};
use hw_stub::bus::PlatformDevice;
use hw_stub::client::Node;
use kernel::error::{code::ENODEV, to_result, Result};
use kernel::{uapi, workqueue};

pub fn main() -> Result {
    let module = (
        tyr::DriverModule::init_module,
        tyr::DriverModule::cleanup_module,
    );
    // SAFETY: Both functions are the module's, and nobody else calls them.
    let module = unsafe { Loaded::new(module.0, module.1) }?;
    let device = PlatformDevice::builder("fb000000.gpu")
        .compatible("arm,mali-valhall-csf")
        .gpu()
        .clock("core")
        .regulator("mali")
        .regulator("sram")
        .add();
    to_result(device.probe_result().unwrap_or_default())?;
    workqueue::flush_workqueue(workqueue::system());

    let file = syscall(Node::render(0).open())?;
    let mut create = uapi::drm_panthor_vm_create::default();
    syscall(file.ioctl(uapi::DRM_IOCTL_PANTHOR_VM_CREATE, &mut create))?;
    let mut query = uapi::drm_panthor_dev_query::default();
    syscall(file.ioctl(uapi::DRM_IOCTL_PANTHOR_DEV_QUERY, &mut query))?;

    device.unbind();
    refused(
        syscall(file.ioctl(uapi::DRM_IOCTL_PANTHOR_DEV_QUERY, &mut query)),
        ENODEV,
    )?;
    file.close();
    drop(module);
    Ok(())
}
