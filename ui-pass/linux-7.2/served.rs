//! A registered device serves its clients, through the primary node and the render node.
//@ claim: driver-leaves-nothing
//@ generations: linux-7.2
use driver::{refused, syscall, with_registration};
use hw_stub::client::{File, Node};
use kernel::error::{code::EINVAL, Result};
use kernel::uapi;

pub fn main() -> Result {
    with_registration(|registration| {
        let value = u64::from(registration.device().value);
        for node in [Node::primary(0), Node::render(0)] {
            let file = syscall(node.open())?;
            let mut param = uapi::drm_nova_getparam::default();
            syscall(file.ioctl(uapi::DRM_IOCTL_NOVA_GETPARAM, &mut param))?;
            assert_eq!(param.value, value);
            use_object(&file)?;
            file.close();
        }
        Ok(())
    })
}

fn use_object(file: &File) -> Result {
    let mut create = uapi::drm_nova_gem_create {
        size: 5000,
        ..Default::default()
    };
    syscall(file.ioctl(uapi::DRM_IOCTL_NOVA_GEM_CREATE, &mut create))?;
    let mut info = uapi::drm_nova_gem_info {
        handle: create.handle,
        ..Default::default()
    };
    syscall(file.ioctl(uapi::DRM_IOCTL_NOVA_GEM_INFO, &mut info))?;
    assert_eq!(info.size, 8192);
    syscall(file.gem_close(create.handle))?;
    refused(syscall(file.gem_close(create.handle)), EINVAL)
}
