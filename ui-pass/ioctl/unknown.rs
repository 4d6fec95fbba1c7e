//! Numbers that are in no table reach no handler.
//@ claim: ioctl-numbers-in-order
//@ generations: api, linux-7.3
use driver::{refused, syscall, with_registration};
use hw_stub::client::Node;
use kernel::drm::ioctl;
use kernel::error::code::{EINVAL, ENOTTY};
use kernel::error::Result;
use kernel::uapi;

pub fn main() -> Result {
    with_registration(|_| {
        let file = syscall(Node::render(0).open())?;
        let mut arg = 0u64;
        let beyond = ioctl::IOWR::<u64>(uapi::DRM_COMMAND_BASE + 3);
        refused(syscall(file.ioctl(beyond, &mut arg)), EINVAL)?;
        let last = ioctl::IOWR::<u64>(uapi::DRM_COMMAND_END - 1);
        refused(syscall(file.ioctl(last, &mut arg)), EINVAL)?;
        let no_drm = 0x1234;
        refused(syscall(file.ioctl(no_drm, &mut arg)), ENOTTY)
    })
}
