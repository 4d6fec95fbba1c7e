//! The render minor number of an `Ioctl` device is refused: a device has minors that userspace can
//! open only while it is registered.
//@ claim: minor-needs-registered
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Ioctl>) {
    let _ = dev.render_minor(); //~ E0599 render_minor
}

#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Registered>) {
    let _ = dev.render_minor();
}

fn main() {}
