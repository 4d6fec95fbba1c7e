//! Handles that a client does not close are closed with its file, and their objects go with them.
//@ claim: driver-owns-object
//@ generations: api, linux-7.3
use driver::{refused, syscall, with_registration};
use hw_stub::client::{File, Node};
use kernel::error::{code::ENOENT, Result};
use kernel::uapi;

pub fn main() -> Result {
    with_registration(|_| {
        let first = syscall(Node::render(0).open())?;
        let second = syscall(Node::render(0).open())?;
        let handle = create(&first)?;
        create(&first)?;
        assert_eq!(size(&first, handle)?, 8192);
        // A handle is a client's own.
        refused(size(&second, handle), ENOENT)?;
        syscall(first.gem_close(handle))?;
        refused(size(&first, handle), ENOENT)
    })
}

fn create(file: &File) -> Result<u32> {
    let mut arg = uapi::drm_nova_gem_create {
        size: 5000,
        ..Default::default()
    };
    syscall(file.ioctl(uapi::DRM_IOCTL_NOVA_GEM_CREATE, &mut arg))?;
    Ok(arg.handle)
}

fn size(file: &File, handle: u32) -> Result<u64> {
    let mut arg = uapi::drm_nova_gem_info {
        handle,
        ..Default::default()
    };
    syscall(file.ioctl(uapi::DRM_IOCTL_NOVA_GEM_INFO, &mut arg))?;
    Ok(arg.size)
}
