//! No conversion of the standard library leads from `Normal` to `Registered`.
//@ claim: context-only-weakens
//@ generations: api, linux-7.3
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Normal>) {
    let _: &drm::Device<T, drm::Registered> = dev.into(); //~ E0277 Registered
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Registered>) {
    let _: &drm::Device<T, drm::Registered> = dev.into();
}

fn main() {}
