//! Data of an unknown driver that can keep a reference to its like is not lent for long enough to
//! keep itself.
//@ claim: registration-data-two-lifetimes
//@ generations: api, linux-7.3
use kernel::drm;

trait Keep<'a> {
    #[cfg(not(twin))]
    fn keep(&self, other: &'a Self);
    #[cfg(twin)]
    fn keep(&self, other: &Self);
}

fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Registered>)
where
    for<'a> T::RegistrationData<'a>: Keep<'a>,
{
    dev.registration_data_with(|data| data.keep(data)); //~ "lifetime may not live long enough"
}

fn main() {}
