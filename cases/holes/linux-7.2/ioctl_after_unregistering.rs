//! By design, handlers run after their device was unregistered and its parent unbound.
//!
//! Dropping a registration calls `drm_dev_unregister()` and not `drm_dev_unplug()`, and handlers run
//! in no `drm_dev_enter()` section. A client that has opened the device before may call ioctls for
//! as long as it likes, while the managed resources of the parent are released and afterwards. The
//! handler is told that its device is `Registered`.
//!
//! What a handler reaches is safe by itself: the parent as `Normal`, resources through `Devres`,
//! which tell when they are gone. Every handler has to ask, though, and none can rely on what the
//! driver set up. The next generation unplugs, and takes a guard before each handler.
//@ claim: ioctl-runs-registered
//@ generations: linux-7.2
use driver::{syscall, with_registration};
use hw_stub::client::Node;
use kernel::error::Result;
use kernel::uapi;

pub fn main() -> Result {
    let file = with_registration(|_| syscall(Node::render(0).open()))?;
    let mut param = uapi::drm_nova_getparam::default();
    syscall(file.ioctl(uapi::DRM_IOCTL_NOVA_GETPARAM, &mut param))?;
    assert_eq!(param.value, 7);
    file.close();
    Ok(())
}
