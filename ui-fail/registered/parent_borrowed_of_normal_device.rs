//! A `Normal` device lends its parent, but not as bound.
//@ claim: bound-parent-needs-registered
//@ generations: api, linux-7.3
use kernel::device;
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Normal>) {
    let _ = AsRef::<T::ParentDevice<device::Bound>>::as_ref(dev); //~ E0271 Bound
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Registered>) {
    let _ = AsRef::<T::ParentDevice<device::Bound>>::as_ref(dev);
}

fn main() {}
