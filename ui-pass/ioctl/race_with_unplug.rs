//! Clients call ioctls until they are told that the device is gone; whatever they hit, handlers see
//! a registered device only.
//@ claim: ioctl-runs-registered
//@ generations: api, linux-7.3
use driver::{refused, syscall, with_registration};
use hw_stub::client::{File, Node};
use kernel::error::{code::ENODEV, Error, Result};
use kernel::uapi;
use std::thread;
use std::time::Duration;

pub fn main() -> Result {
    let clients = with_registration(|_| {
        let clients = [(); 3].map(|()| {
            let file = syscall(Node::render(0).open());
            thread::spawn(move || ask_to_the_end(&file?))
        });
        thread::sleep(Duration::from_millis(2));
        Ok(clients)
    })?;
    let results = clients.map(|client| client.join().expect("a client does not panic"));
    results.into_iter().collect()
}

fn ask_to_the_end(file: &File) -> Result {
    let mut arg = uapi::drm_nova_getparam::default();
    let error: Error = loop {
        match syscall(file.ioctl(uapi::DRM_IOCTL_NOVA_GETPARAM, &mut arg)) {
            Ok(_) => assert_eq!(arg.value, 7),
            Err(error) => break error,
        }
    };
    refused::<()>(Err(error), ENODEV)
}
