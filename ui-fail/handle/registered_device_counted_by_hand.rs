//! A `Registered` device has no reference count of its own that could be taken by hand.
//@ claim: aref-is-normal
//@ generations: api, linux-7.3
use kernel::drm;
use kernel::sync::aref::AlwaysRefCounted;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Registered>) {
    <drm::Device<T, drm::Registered> as AlwaysRefCounted>::inc_ref(dev); //~ E0277 AlwaysRefCounted
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Registered>) {
    <drm::Device<T, drm::Normal> as AlwaysRefCounted>::inc_ref(dev);
}

fn main() {}
