//! A counted handle outlives the binding of the parent, so no deref of it lends the parent as
//! bound.
//@ claim: bound-parent-needs-registered
//@ generations: api, linux-7.3
use kernel::device;
use kernel::drm;
use kernel::sync::aref::ARef;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &ARef<drm::Device<T>>) {
    let _: &T::ParentDevice<device::Bound> = (**dev).as_ref(); //~ E0308 Bound
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &ARef<drm::Device<T>>) {
    let _: &T::ParentDevice<device::Normal> = (**dev).as_ref();
}

fn main() {}
