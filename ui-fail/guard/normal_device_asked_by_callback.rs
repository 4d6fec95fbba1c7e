//! `registration_guard()` does not fit where a function of `Normal` devices is called.
//@ claim: guard-needs-ioctl
//@ generations: api, linux-7.3
use kernel::drm;

fn call<T: drm::Driver, C: drm::DeviceContext>(
    dev: &drm::Device<T, C>,
    ask: impl FnOnce(&drm::Device<T, C>) -> Option<drm::RegistrationGuard<'_, T>>,
) -> bool {
    ask(dev).is_some()
}

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Normal>) -> bool {
    call(dev, drm::Device::registration_guard) //~ E0631 mismatch
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Ioctl>) -> bool {
    call(dev, drm::Device::registration_guard)
}

fn main() {}
