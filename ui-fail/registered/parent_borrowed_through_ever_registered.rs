//! That registration once succeeded does not keep the parent bound.
//@ claim: bound-parent-needs-registered
//@ generations: api
use kernel::device;
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::EverRegistered<T>) {
    let _: &dyn AsRef<T::ParentDevice<device::Bound>> = &**dev; //~ E0277 Bound
}
#[cfg(twin)]
fn case<T: drm::Driver>(guard: &drm::RegistrationGuard<'_, T>) {
    let _: &dyn AsRef<T::ParentDevice<device::Bound>> = &**guard;
}

fn main() {}
