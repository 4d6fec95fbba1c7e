//! A handle that remembers the registration stands for an `Ioctl` device, whose type has no
//! `render_minor()`.
//@ claim: minor-needs-registered
//@ generations: api
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::EverRegistered<T>) {
    let _ = drm::Device::<T, drm::Ioctl>::render_minor(dev); //~ E0599 render_minor
}
#[cfg(twin)]
fn case<T: drm::Driver>(guard: &drm::RegistrationGuard<'_, T>) {
    let _ = drm::Device::<T, drm::Registered>::render_minor(guard);
}

fn main() {}
