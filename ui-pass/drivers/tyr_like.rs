//! A driver in the shape of tyr lives its life: it powers its GPU up, serves two threads, looks
//! after the GPU from a work item, is unplugged while an ioctl runs, bound again and unloaded.
//@ claim: driver-leaves-nothing
#[path = "nova_like/firmware.rs"]
mod firmware;
#[path = "tyr_like/gpu.rs"]
mod gpu;
#[path = "tyr_like/driver.rs"]
mod tyr;

use driver::{refused, syscall, Loaded};
use hw_stub::bus::PlatformDevice;
use hw_stub::client::{File, Node};
use hw_stub::oracle;
use kernel::error::code::{EINVAL, ENODEV};
use kernel::error::{to_result, Result};
use kernel::uapi;
use std::thread;
use std::time::Duration;

pub fn main() -> Result {
    let device = PlatformDevice::builder("fb000000.gpu")
        .compatible("rockchip,rk3588-mali")
        .compatible("arm,mali-valhall-csf")
        .gpu()
        .clock("core")
        .clock("stacks")
        .regulator("mali")
        .regulator("sram")
        .add();
    let module = (
        tyr::DriverModule::init_module,
        tyr::DriverModule::cleanup_module,
    );
    // SAFETY: Both functions are the module's, and nobody else calls them.
    let module = unsafe { Loaded::new(module.0, module.1) }?;
    to_result(device.probe_result().unwrap_or_default())?;

    let file = syscall(Node::render(0).open())?;
    two_clients(&file)?;
    wrong_arguments(&file)?;
    unbind_during_ioctl(&device, &file)?;
    refused(query(&file), ENODEV)?;

    syscall(device.bind())?;
    let again = syscall(Node::render(1).open())?;
    query(&again)?;
    again.close();
    drop(module);
    assert!(!device.is_bound());
    Ok(())
}

/// Two threads make address spaces through one file, at the same time.
fn two_clients(file: &File) -> Result {
    thread::scope(|scope| {
        let clients = [1, 2].map(|_| scope.spawn(|| make_spaces(file)));
        let results = clients.map(|client| client.join().expect("a client does not panic"));
        results.into_iter().collect()
    })
}

fn make_spaces(file: &File) -> Result {
    for _ in 0..3 {
        let mut create = uapi::drm_panthor_vm_create::default();
        syscall(file.ioctl(uapi::DRM_IOCTL_PANTHOR_VM_CREATE, &mut create))?;
        assert_eq!(create.user_va_range, 1 << 47);
        query(file)?;
        let mut destroy = uapi::drm_panthor_vm_destroy {
            id: create.id,
            pad: 0,
        };
        syscall(file.ioctl(uapi::DRM_IOCTL_PANTHOR_VM_DESTROY, &mut destroy))?;
    }
    Ok(())
}

fn wrong_arguments(file: &File) -> Result {
    let mut destroy = uapi::drm_panthor_vm_destroy { id: 1, pad: 0 };
    let result = file.ioctl(uapi::DRM_IOCTL_PANTHOR_VM_DESTROY, &mut destroy);
    refused(syscall(result), EINVAL)?;
    let mut query = uapi::drm_panthor_dev_query {
        type_: 7,
        ..Default::default()
    };
    let result = file.ioctl(uapi::DRM_IOCTL_PANTHOR_DEV_QUERY, &mut query);
    refused(syscall(result), EINVAL)
}

/// The driver is unbound while the firmware lets an ioctl wait; unbinding waits for the ioctl.
fn unbind_during_ioctl(device: &PlatformDevice, file: &File) -> Result {
    firmware::set_busy(true);
    let (asked, was_asked, had_waited) = thread::scope(|scope| {
        let asking = scope.spawn(|| query(file));
        let was_asked = firmware::wait_for_question(|| asking.is_finished());
        let unbinding = scope.spawn(|| device.unbind());
        while !unplug_has_begun() && !unbinding.is_finished() {
            thread::sleep(Duration::from_millis(1));
        }
        let had_waited = !unbinding.is_finished();
        firmware::set_busy(false);
        (
            asking.join().expect("the client does not panic"),
            was_asked,
            had_waited,
        )
    });
    asked?;
    assert!(was_asked && had_waited);
    assert!(!device.is_bound());
    Ok(())
}

fn unplug_has_begun() -> bool {
    let events = oracle::events();
    events
        .iter()
        .any(|event| event.text.starts_with("drm_dev_unplug("))
}

fn query(file: &File) -> Result {
    let mut arg = uapi::drm_panthor_dev_query::default();
    syscall(file.ioctl(uapi::DRM_IOCTL_PANTHOR_DEV_QUERY, &mut arg))?;
    assert_eq!(arg.size as usize, size_of::<uapi::drm_panthor_gpu_info>());
    Ok(())
}
