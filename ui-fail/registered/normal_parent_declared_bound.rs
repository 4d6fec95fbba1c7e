//! Only unsafe code can declare the parent that a `Normal` device lends to be bound.
//@ claim: bound-parent-needs-registered
//@ generations: api, linux-7.3
use kernel::device;
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::Device<T>) {
    let parent: &T::ParentDevice<device::Normal> = dev.as_ref();
    let _: &device::Device<device::Bound> = parent.as_ref().as_bound(); //~ E0133 as_bound
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T>) {
    let parent: &T::ParentDevice<device::Normal> = dev.as_ref();
    let _: &device::Device<device::Normal> = parent.as_ref();
}

fn main() {}
