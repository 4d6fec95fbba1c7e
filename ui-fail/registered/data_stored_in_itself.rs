//! Registration data cannot be made to hold a reference to itself: it would read freed memory while
//! it is dropped.
//@ claim: registration-data-two-lifetimes
//@ generations: api, linux-7.3
use kernel::drm;
use kernel::sync::Mutex;

struct Data<'a>(Mutex<Option<&'a Data<'a>>>);

impl<'a> Data<'a> {
    fn keep(&self, other: &'a Data<'a>) {
        *self.0.lock() = Some(other);
    }
}

fn case<T>(dev: &drm::Device<T, drm::Registered>)
where
    T: for<'a> drm::Driver<RegistrationData<'a> = Data<'a>>,
{
    #[cfg(not(twin))]
    dev.registration_data_with(|data| data.keep(data)); //~ "lifetime may not live long enough"
    #[cfg(twin)]
    dev.registration_data_with(|data| *data.0.lock() = None);
}

fn main() {}
