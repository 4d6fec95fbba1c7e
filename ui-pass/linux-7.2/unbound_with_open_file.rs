//! A client that keeps its file open keeps the device, of which nothing is left once it is closed.
//@ claim: driver-leaves-nothing
//@ generations: linux-7.2
use driver::{syscall, with_registration};
use hw_stub::client::{self, Node};
use kernel::error::Result;
use kernel::uapi;

pub fn main() -> Result {
    let file = with_registration(|_| syscall(Node::render(0).open()))?;
    assert!(client::render_nodes().is_empty());
    let mut create = uapi::drm_nova_gem_create {
        size: 4096,
        ..Default::default()
    };
    syscall(file.ioctl(uapi::DRM_IOCTL_NOVA_GEM_CREATE, &mut create))?;
    file.close();
    Ok(())
}
