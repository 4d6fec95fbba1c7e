//! A function that is generic over the context gives back the context it was given; the caller
//! cannot name another.
//@ claim: context-only-weakens
//@ generations: api, linux-7.3
use kernel::drm;

fn same<T: drm::Driver, C: drm::DeviceContext>(dev: &drm::Device<T, C>) -> &drm::Device<T, C> {
    dev
}

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Normal>) {
    let _ = same::<T, drm::Registered>(dev); //~ E0308 Registered
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Registered>) {
    let _ = same::<T, drm::Registered>(dev);
}

fn main() {}
