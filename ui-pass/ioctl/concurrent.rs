//! Ioctls run on several threads at once, through one file and through several.
//@ claim: ioctl-belongs-to-driver
//@ generations: api, linux-7.3
use driver::{syscall, with_registration};
use hw_stub::client::{File, Node};
use kernel::error::Result;
use kernel::uapi;
use std::thread;

pub fn main() -> Result {
    with_registration(|_| {
        let shared = syscall(Node::render(0).open())?;
        let own = syscall(Node::render(0).open())?;
        thread::scope(|scope| {
            let clients = [&shared, &shared, &own].map(|file| scope.spawn(|| use_objects(file)));
            let results = clients.map(|client| client.join().expect("a client does not panic"));
            results.into_iter().collect()
        })
    })
}

fn use_objects(file: &File) -> Result {
    for pages in 1..4 {
        let mut create = uapi::drm_nova_gem_create {
            size: pages * 4096,
            ..Default::default()
        };
        syscall(file.ioctl(uapi::DRM_IOCTL_NOVA_GEM_CREATE, &mut create))?;
        let mut info = uapi::drm_nova_gem_info {
            handle: create.handle,
            ..Default::default()
        };
        syscall(file.ioctl(uapi::DRM_IOCTL_NOVA_GEM_INFO, &mut info))?;
        assert_eq!(info.size, pages * 4096);
        syscall(file.gem_close(create.handle))?;
    }
    Ok(())
}
