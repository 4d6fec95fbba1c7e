//! The bound parent that a registered device lends is not used after the guard: unbinding no longer
//! waits.
//@ claim: guard-lends-no-longer
//@ generations: api, linux-7.3
use kernel::device;
use kernel::drm;

fn used<T: drm::Driver>(_: &T::ParentDevice<device::Bound>) {}

#[cfg(not(twin))]
fn case<T: drm::Driver>(guard: drm::RegistrationGuard<'_, T>) {
    let parent = (*guard).as_ref();
    drop(guard); //~ E0505 borrowed
    used::<T>(parent);
}
#[cfg(twin)]
fn case<T: drm::Driver>(guard: drm::RegistrationGuard<'_, T>) {
    let parent = (*guard).as_ref();
    used::<T>(parent);
    drop(guard);
}

fn main() {}
