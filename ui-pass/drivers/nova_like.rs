//! A driver in the shape of nova lives its life: it is probed, serves two threads, is unplugged
//! while an ioctl runs, bound again and unloaded.
//@ claim: driver-leaves-nothing
#[path = "nova_like/firmware.rs"]
mod firmware;
#[path = "nova_like/driver.rs"]
mod nova;

use driver::{refused, syscall, Loaded};
use hw_stub::bus::AuxiliaryDevice;
use hw_stub::client::{File, Node};
use hw_stub::oracle;
use kernel::error::code::{EACCES, EINVAL, ENODEV};
use kernel::error::{to_result, Result};
use kernel::uapi;
use std::thread;
use std::time::Duration;

pub fn main() -> Result {
    let device = AuxiliaryDevice::add("nova-core", "nova-drm", 1);
    let module = (
        nova::DriverModule::init_module,
        nova::DriverModule::cleanup_module,
    );
    // SAFETY: Both functions are the module's, and nobody else calls them.
    let module = unsafe { Loaded::new(module.0, module.1) }?;
    to_result(device.probe_result().unwrap_or_default())?;

    let file = syscall(Node::primary(0).open())?;
    two_clients(&file)?;
    foreign_client()?;
    unbind_during_ioctl(&device, &file)?;
    refused(ask(&file), ENODEV)?;

    syscall(device.bind())?;
    let again = syscall(Node::primary(1).open())?;
    ask(&again)?;
    again.close();
    drop(module);
    assert!(!device.is_bound());
    Ok(())
}

/// Two threads make objects through one file, at the same time.
fn two_clients(file: &File) -> Result {
    thread::scope(|scope| {
        let clients = [1, 2].map(|pages| scope.spawn(move || make_objects(file, pages)));
        let results = clients.map(|client| client.join().expect("a client does not panic"));
        results.into_iter().collect()
    })
}

fn make_objects(file: &File, pages: u64) -> Result {
    for _ in 0..3 {
        let mut create = uapi::drm_nova_gem_create {
            size: pages * 4096 - 1,
            ..Default::default()
        };
        syscall(file.ioctl(uapi::DRM_IOCTL_NOVA_GEM_CREATE, &mut create))?;
        let mut info = uapi::drm_nova_gem_info {
            handle: create.handle,
            ..Default::default()
        };
        syscall(file.ioctl(uapi::DRM_IOCTL_NOVA_GEM_INFO, &mut info))?;
        assert_eq!(info.size, pages * 4096);
        ask(file)?;
    }
    Ok(())
}

/// A client that nobody vouched for may ask, but not make objects.
fn foreign_client() -> Result {
    let file = syscall(Node::primary(0).open())?;
    ask(&file)?;
    let mut arg = uapi::drm_nova_gem_create::default();
    let result = file.ioctl(uapi::DRM_IOCTL_NOVA_GEM_CREATE, &mut arg);
    refused(syscall(result), EACCES)?;
    let mut arg = uapi::drm_nova_getparam::default();
    let result = file.ioctl(uapi::DRM_IOCTL_NOVA_GETPARAM, &mut arg);
    refused(syscall(result), EINVAL)
}

/// The driver is unbound while the firmware lets an ioctl wait; unbinding waits for the ioctl.
fn unbind_during_ioctl(device: &AuxiliaryDevice, file: &File) -> Result {
    firmware::set_busy(true);
    let (asked, was_asked, had_waited) = thread::scope(|scope| {
        let asking = scope.spawn(|| ask(file));
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

fn ask(file: &File) -> Result {
    let mut arg = uapi::drm_nova_getparam {
        param: uapi::NOVA_GETPARAM_VRAM_BAR_SIZE.into(),
        ..Default::default()
    };
    syscall(file.ioctl(uapi::DRM_IOCTL_NOVA_GETPARAM, &mut arg))?;
    assert_eq!(arg.value, firmware::ANSWER);
    Ok(())
}
