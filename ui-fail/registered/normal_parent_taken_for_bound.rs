//! The parent that a `Normal` device lends does not turn into a bound one.
//@ claim: bound-parent-needs-registered
//@ generations: api, linux-7.3
use kernel::device;
use kernel::drm;

fn parent<T: drm::Driver>(dev: &drm::Device<T>) -> &T::ParentDevice<device::Normal> {
    dev.as_ref()
}

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::Device<T>) -> &T::ParentDevice<device::Bound> {
    parent(dev) //~ E0308 Bound
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T>) -> &T::ParentDevice<device::Normal> {
    parent(dev)
}

fn main() {}
