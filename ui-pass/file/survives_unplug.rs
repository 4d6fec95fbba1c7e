//! A file that is open when its device is unplugged gets ENODEV from then on; closing it later
//! frees the device, which no new client can open.
//@ claim: ioctl-runs-registered
//@ generations: api, linux-7.3
use driver::{refused, syscall, with_registration};
use hw_stub::client::{File, Node};
use kernel::error::{code::ENODEV, Result};
use kernel::uapi;

pub fn main() -> Result {
    let (render, primary) = with_registration(|_| {
        let render = syscall(Node::render(0).open())?;
        let primary = syscall(Node::primary(0).open())?;
        ask(&render)?;
        ask(&primary)?;
        Ok((render, primary))
    })?;
    refused(ask(&render), ENODEV)?;
    refused(ask(&primary), ENODEV)?;
    refused(syscall(Node::render(0).open()), ENODEV)?;
    refused(syscall(Node::primary(0).open()), ENODEV)
}

fn ask(file: &File) -> Result {
    let mut arg = uapi::drm_nova_getparam::default();
    syscall(file.ioctl(uapi::DRM_IOCTL_NOVA_GETPARAM, &mut arg))?;
    assert_eq!(arg.value, 7);
    Ok(())
}
