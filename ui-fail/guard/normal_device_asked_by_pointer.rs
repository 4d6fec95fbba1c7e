//! `registration_guard()` cannot be kept as a function of `Normal` devices.
//@ claim: guard-needs-ioctl
//@ generations: api, linux-7.3
use kernel::drm;

type Ask<T, C> = fn(&drm::Device<T, C>) -> Option<drm::RegistrationGuard<'_, T>>;

#[cfg(not(twin))]
fn case<T: drm::Driver>() -> Ask<T, drm::Normal> {
    drm::Device::registration_guard //~ E0308 "expected fn pointer"
}
#[cfg(twin)]
fn case<T: drm::Driver>() -> Ask<T, drm::Ioctl> {
    drm::Device::registration_guard
}

fn main() {}
