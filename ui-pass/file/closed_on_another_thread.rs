//! A file with an object is closed on another thread than opened, after the device was unplugged:
//! handle, object, file data and device go there.
//@ claim: file-thread-safe
//@ generations: api, linux-7.3
use driver::{syscall, with_registration};
use hw_stub::client::Node;
use kernel::error::Result;
use kernel::uapi;
use std::thread;

pub fn main() -> Result {
    let file = with_registration(|_| {
        let file = syscall(Node::render(0).open())?;
        let mut create = uapi::drm_nova_gem_create {
            size: 4096,
            ..Default::default()
        };
        syscall(file.ioctl(uapi::DRM_IOCTL_NOVA_GEM_CREATE, &mut create))?;
        Ok(file)
    })?;
    thread::scope(|scope| {
        scope.spawn(move || file.close());
    });
    Ok(())
}
