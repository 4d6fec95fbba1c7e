//! Registration data cannot keep a reference to something that a closure brings along.
//@ claim: registration-data-two-lifetimes
//@ generations: api, linux-7.3
use kernel::drm;

/// Data that can keep a reference, for example in a lock.
trait Keep<'a> {
    #[cfg(not(twin))]
    fn keep(&self, what: &'a u64);
    #[cfg(twin)]
    fn keep(&self, what: &u64);
}

fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Registered>, local: &u64)
where
    for<'a> T::RegistrationData<'a>: Keep<'a>,
{
    dev.registration_data_with(|data| data.keep(local)); //~ E0521 local
}

fn main() {}
