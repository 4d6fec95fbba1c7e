//! The cast between contexts is not in reach of a driver, not even of its unsafe code.
//@ claim: context-cast-private
//@ generations: api, linux-7.3
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::Device<T>) {
    // SAFETY: There is no argument: the device may never have been registered.
    let _: &drm::Device<T, drm::Registered> = unsafe { dev.assume_ctx() }; //~ E0624 private
}
#[cfg(twin)]
fn case<T: drm::Driver>(guard: &drm::RegistrationGuard<'_, T>) {
    let _: &drm::Device<T, drm::Registered> = guard;
}

fn main() {}
