//! A function that asks for registration data with one lifetime, for the borrow and for what it
//! holds, is not called with it.
//@ claim: registration-data-two-lifetimes
//@ generations: api, linux-7.3
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(
    dev: &drm::Device<T, drm::Registered>,
    f: for<'a> fn(&'a T::RegistrationData<'a>),
) {
    dev.registration_data_with(f); //~ "not general enough"
}
#[cfg(twin)]
fn case<T: drm::Driver>(
    dev: &drm::Device<T, drm::Registered>,
    f: for<'a, 'b> fn(&'b T::RegistrationData<'a>),
) {
    dev.registration_data_with(f);
}

fn main() {}
