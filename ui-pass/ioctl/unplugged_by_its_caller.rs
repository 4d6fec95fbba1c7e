//! A client whose ioctl has returned takes the device away itself; its next ioctl finds none.
//@ claim: ioctl-runs-registered
use driver::{data, refused, registration_data, syscall, Probe};
use hw_stub::client::Node;
use kernel::drm;
use kernel::error::{code::ENODEV, Result};
use kernel::{faux, uapi};
use std::thread;

pub fn main() -> Result {
    let parent = faux::Registration::new(c"parent", None)?;
    let dev = drm::UnregisteredDevice::<Probe>::new(parent.as_ref(), data())?;
    let data = registration_data(7, None);
    drm::Registration::new_foreign_owned(parent.as_ref().as_ref(), dev, data, 0)?;
    let client = thread::spawn(move || {
        let file = syscall(Node::render(0).open())?;
        let mut arg = uapi::drm_nova_getparam::default();
        syscall(file.ioctl(uapi::DRM_IOCTL_NOVA_GETPARAM, &mut arg))?;
        drop(parent);
        let result = file.ioctl(uapi::DRM_IOCTL_NOVA_GETPARAM, &mut arg);
        refused(syscall(result), ENODEV)
    });
    client.join().expect("the client does not panic")
}
