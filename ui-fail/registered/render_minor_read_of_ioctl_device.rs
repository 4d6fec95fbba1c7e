//! A device that was registered once may have lost its render node; a guard tells.
//@ claim: minor-needs-registered
//@ generations: api
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Ioctl>) {
    let _ = dev.render_minor(); //~ E0599 render_minor
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Ioctl>) {
    if let Some(guard) = dev.registration_guard() {
        let _ = guard.render_minor();
    }
}

fn main() {}
