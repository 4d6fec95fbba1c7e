//! The kernel's own nova is loaded, probed and unbound while a client uses its three ioctls.
//@ claim: driver-leaves-nothing
//@ generations: api, linux-7.2, linux-7.3
use driver::{gone, refused, syscall, Loaded};
use hw_stub::bus::AuxiliaryDevice;
use hw_stub::client::{File, Node};
use kernel::error::code::{EACCES, EINVAL, ENODEV, ENOENT};
use kernel::error::{to_result, Result};
use kernel::uapi;
use nova as _;

extern "C" {
    fn init_module() -> i32;
    fn cleanup_module();
}

pub fn main() -> Result {
    let device = AuxiliaryDevice::add("nova-core", "nova-drm", 0);
    // SAFETY: Both functions are nova's, which nobody else loads.
    let module = unsafe { Loaded::new(init_module, cleanup_module) }?;
    to_result(device.probe_result().unwrap_or_default())?;
    assert!(device.is_bound());

    let file = syscall(Node::primary(0).open())?;
    ask(&file)?;
    make_objects(&file)?;
    foreign_client()?;

    device.unbind();
    gone(ask(&file))?;
    refused(syscall(Node::primary(0).open()), ENODEV)?;

    syscall(device.bind())?;
    let again = syscall(Node::primary(1).open())?;
    make_objects(&again)?;
    drop(module);
    assert!(!device.is_bound());
    gone(ask(&again))
}

/// How large is the window of the card's memory?
fn ask(file: &File) -> Result {
    let mut arg = uapi::drm_nova_getparam {
        param: uapi::NOVA_GETPARAM_VRAM_BAR_SIZE.into(),
        ..Default::default()
    };
    syscall(file.ioctl(uapi::DRM_IOCTL_NOVA_GETPARAM, &mut arg))?;
    assert_eq!(arg.value, AuxiliaryDevice::WINDOW);
    Ok(())
}

/// Objects of whole pages; one handle is given back, the other ends with the file.
fn make_objects(file: &File) -> Result {
    let first = make_object(file, 4095)?;
    let second = make_object(file, 2 * 4096)?;
    assert_eq!(
        (size_of(file, first)?, size_of(file, second)?),
        (4096, 8192)
    );
    syscall(file.gem_close(first))?;
    refused(size_of(file, first), ENOENT)
}

fn make_object(file: &File, size: u64) -> Result<u32> {
    let mut arg = uapi::drm_nova_gem_create {
        size,
        ..Default::default()
    };
    syscall(file.ioctl(uapi::DRM_IOCTL_NOVA_GEM_CREATE, &mut arg))?;
    Ok(arg.handle)
}

fn size_of(file: &File, handle: u32) -> Result<u64> {
    let mut arg = uapi::drm_nova_gem_info {
        handle,
        ..Default::default()
    };
    syscall(file.ioctl(uapi::DRM_IOCTL_NOVA_GEM_INFO, &mut arg))?;
    Ok(arg.size)
}

/// A client that nobody vouched for may ask, but not make objects; nonsense is refused.
fn foreign_client() -> Result {
    let file = syscall(Node::primary(0).open())?;
    ask(&file)?;
    refused(make_object(&file, 4096), EACCES)?;
    let mut arg = uapi::drm_nova_getparam::default();
    let result = file.ioctl(uapi::DRM_IOCTL_NOVA_GETPARAM, &mut arg);
    refused(syscall(result), EINVAL)
}
