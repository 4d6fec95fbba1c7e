//! `Borrow` gives a device as what it is, not in a context that knows more.
//@ claim: context-only-weakens
//@ generations: api, linux-7.3
use core::borrow::Borrow;
use kernel::drm;

fn ioctl_only<T: drm::Driver>(_: &impl Borrow<drm::Device<T, drm::Ioctl>>) {}

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Normal>) {
    ioctl_only::<T>(dev); //~ E0277 Borrow
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Ioctl>) {
    ioctl_only::<T>(dev);
}

fn main() {}
