//! Naming the `Registered` context in the path does not put a `Normal` device into it, nor give it
//! registration data.
//@ claim: registration-data-needs-registered
//@ generations: api, linux-7.3
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Normal>) {
    drm::Device::<T, drm::Registered>::registration_data_with(dev, |_| ()); //~ E0308 Registered
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Registered>) {
    drm::Device::<T, drm::Registered>::registration_data_with(dev, |_| ());
}

fn main() {}
