//! The device that a guard lends, taken for a device in any context, bound to a name of that type,
//! is refused: a guard says that its device is registered while it lives, and nothing else.
//@ claim: context-only-weakens
use kernel::drm;

#[cfg(not(twin))]
fn case<'a, T: drm::Driver, C: drm::DeviceContext>(guard: &'a drm::RegistrationGuard<'a, T>) {
    let _: &drm::Device<T, C> = &**guard; //~ E0308 "Device<T, C>"
}

#[cfg(twin)]
fn case<'a, T: drm::Driver>(guard: &'a drm::RegistrationGuard<'a, T>) {
    let _: &drm::Device<T, drm::Registered> = &**guard;
}

fn main() {}
