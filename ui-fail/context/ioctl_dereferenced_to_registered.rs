//! An `Ioctl` device derefs to a `Normal` one, which knows less and not more.
//@ claim: context-only-weakens
//@ generations: api, linux-7.3
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Ioctl>) -> &drm::Device<T, drm::Registered> {
    &**dev //~ E0308 Registered
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Ioctl>) -> &drm::Device<T, drm::Normal> {
    &**dev
}

fn main() {}
