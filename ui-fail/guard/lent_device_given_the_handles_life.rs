//! The device that a guard lends lives as long as the guard, not as long as the handle that was
//! asked for the guard.
//@ claim: guard-lends-no-longer
//@ generations: api, linux-7.3
use kernel::drm;

#[cfg(not(twin))]
fn case<'guard, 'dev, T: drm::Driver>(
    guard: &'guard drm::RegistrationGuard<'dev, T>,
) -> &'dev drm::Device<T, drm::Registered> {
    guard //~ "lifetime may not live long enough"
}
#[cfg(twin)]
fn case<'guard, 'dev, T: drm::Driver>(
    guard: &'guard drm::RegistrationGuard<'dev, T>,
) -> &'guard drm::Device<T, drm::Registered> {
    guard
}

fn main() {}
