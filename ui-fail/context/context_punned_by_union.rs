//! A union that overlays two contexts can be filled in safe code, but not read.
//@ claim: context-only-weakens
//@ generations: api, linux-7.3
use kernel::drm;

union Pun<'a, T: drm::Driver> {
    normal: &'a drm::Device<T, drm::Normal>,
    registered: &'a drm::Device<T, drm::Registered>,
}

#[cfg(not(twin))]
fn case<T: drm::Driver>(normal: &drm::Device<T>) -> &drm::Device<T, drm::Registered> {
    Pun { normal }.registered //~ E0133 union
}
#[cfg(twin)]
fn case<T: drm::Driver>(normal: &drm::Device<T>) -> Pun<'_, T> {
    Pun { normal }
}

fn main() {}
