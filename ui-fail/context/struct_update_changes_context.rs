//! A struct that holds a device cannot be copied field by field into one that knows more of it.
//@ claim: context-only-weakens
//@ generations: api, linux-7.3
use kernel::drm;

struct View<'a, T: drm::Driver, C: drm::DeviceContext> {
    dev: &'a drm::Device<T, C>,
    count: usize,
}

#[cfg(not(twin))]
fn case<T: drm::Driver>(view: View<'_, T, drm::Normal>) -> View<'_, T, drm::Registered> {
    let copy = View { count: 0, ..view };
    copy //~ E0308 Registered
}
#[cfg(twin)]
fn case<T: drm::Driver>(view: View<'_, T, drm::Normal>) -> View<'_, T, drm::Normal> {
    let copy = View { count: 0, ..view };
    copy
}

fn main() {}
