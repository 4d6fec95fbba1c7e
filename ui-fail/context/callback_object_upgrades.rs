//! A callback for `Registered` devices cannot be kept as one for `Ioctl` devices.
//@ claim: context-only-weakens
//@ generations: api, linux-7.3
use kernel::drm;

fn registered_only<T: drm::Driver>(_: &drm::Device<T, drm::Registered>) {}

#[cfg(not(twin))]
fn case<T: drm::Driver>() {
    let _: &dyn Fn(&drm::Device<T, drm::Ioctl>) = &registered_only::<T>; //~ E0631 mismatch
}
#[cfg(twin)]
fn case<T: drm::Driver>() {
    let _: &dyn Fn(&drm::Device<T, drm::Registered>) = &registered_only::<T>;
}

fn main() {}
