//! Registration data does not leave the closure that it is lent to: the device may be unregistered
//! afterwards.
//@ claim: registration-data-needs-registered
//@ generations: api, linux-7.3
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Registered>) {
    let mut seen = None;
    dev.registration_data_with(|data| seen = Some(data)); //~ E0521 escapes
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Registered>) {
    let mut seen = None;
    dev.registration_data_with(|data| seen = Some(size_of_val(data)));
}

fn main() {}
