//! An alias that names no context is one for `Normal` devices.
//@ claim: context-default-normal
//@ generations: api, linux-7.3
use kernel::drm;

fn registered_only<T: drm::Driver>(_: &drm::Device<T, drm::Registered>) {}

#[cfg(not(twin))]
type Dev<T> = drm::Device<T>;
#[cfg(twin)]
type Dev<T> = drm::Device<T, drm::Registered>;

fn case<T: drm::Driver>(dev: &Dev<T>) {
    registered_only(dev); //~ E0308 Registered
}

fn main() {}
