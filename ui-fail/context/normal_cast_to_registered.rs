//! A cast of references goes where a coercion would go, and none goes from `Normal` to
//! `Registered`.
//@ claim: context-only-weakens
//@ generations: api, linux-7.3
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Normal>) {
    let _ = dev as &drm::Device<T, drm::Registered>; //~ E0605 Registered
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Registered>) {
    let _ = dev as &drm::Device<T, drm::Normal>;
}

fn main() {}
