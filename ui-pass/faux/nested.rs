//! A faux device below another carries a DRM device; both parents go when the registration has.
//@ claim: driver-leaves-nothing
//@ generations: api, linux-7.3
use driver::{data, registration_data, syscall, Probe};
use hw_stub::client::Node;
use kernel::drm;
use kernel::error::Result;
use kernel::{device, faux, uapi};

pub fn main() -> Result {
    let grandparent = faux::Registration::new(c"grandparent", None)?;
    let above: &device::Device<device::Bound> = grandparent.as_ref().as_ref();
    let parent = faux::Registration::new(c"parent", Some(above))?;
    let dev = drm::UnregisteredDevice::<Probe>::new(parent.as_ref(), data())?;
    let data = registration_data(7, None);
    let bound = parent.as_ref().as_ref();
    // SAFETY: The registration is dropped at the end of this function, before the parent.
    let _registration = unsafe { drm::Registration::new(bound, dev, data, 0) }?;
    let file = syscall(Node::render(0).open())?;
    let mut arg = uapi::drm_nova_getparam::default();
    syscall(file.ioctl(uapi::DRM_IOCTL_NOVA_GETPARAM, &mut arg))?;
    assert_eq!(arg.value, 7);
    Ok(())
}
