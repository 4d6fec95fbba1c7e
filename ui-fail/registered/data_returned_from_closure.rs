//! The closure that registration data is lent to cannot return it.
//@ claim: registration-data-needs-registered
//@ generations: api, linux-7.3
use kernel::drm;

fn case<T>(dev: &drm::Device<T, drm::Registered>)
where
    T: for<'a> drm::Driver<RegistrationData<'a> = u64>,
{
    #[cfg(not(twin))]
    let _ = dev.registration_data_with(|data| data); //~ "lifetime may not live long enough"
    #[cfg(twin)]
    let _ = dev.registration_data_with(|data| *data);
}

fn main() {}
