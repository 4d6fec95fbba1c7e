//! A client that opens the node as soon as it is there finds the registration data: it is published
//! before the device is registered.
//@ claim: ioctl-runs-registered
//@ generations: api, linux-7.3
use driver::with_registration;
use hw_stub::client;
use kernel::error::Result;
use kernel::uapi::{drm_nova_getparam, DRM_IOCTL_NOVA_GETPARAM};
use std::sync::mpsc;

pub fn main() -> Result {
    let (tell, told) = mpsc::channel();
    client::wait_for_node(move |node| {
        let answer = node.open().and_then(|file| {
            let mut arg = drm_nova_getparam::default();
            file.ioctl(DRM_IOCTL_NOVA_GETPARAM, &mut arg)?;
            Ok(arg.value)
        });
        tell.send(answer).expect("the driver waits for it");
    });
    with_registration(|_| {
        let answer = told.recv().expect("the client was called");
        assert!(matches!(answer, Ok(7) | Err(_)), "{answer:?}");
        Ok(())
    })
}
