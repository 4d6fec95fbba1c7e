//! A field that names no context forgets the context of the device that is stored in it.
//@ claim: context-default-normal
//@ generations: api, linux-7.3
use kernel::drm;

#[cfg(not(twin))]
struct View<'a, T: drm::Driver> {
    dev: &'a drm::Device<T>,
}
#[cfg(twin)]
struct View<'a, T: drm::Driver> {
    dev: &'a drm::Device<T, drm::Registered>,
}

fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Registered>) {
    let view = View { dev };
    view.dev.registration_data_with(|_| ()); //~ E0599 registration_data_with
}

fn main() {}
