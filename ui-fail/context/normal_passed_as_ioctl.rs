//! A function that asks for an `Ioctl` device does not take a `Normal` one.
//@ claim: context-only-weakens
//@ generations: api, linux-7.3
use kernel::drm;

fn ioctl_only<T: drm::Driver>(_: &drm::Device<T, drm::Ioctl>) {}

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Normal>) {
    ioctl_only(dev); //~ E0308 Ioctl
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Ioctl>) {
    ioctl_only(dev);
}

fn main() {}
