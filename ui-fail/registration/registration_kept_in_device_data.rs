//! Data of a device outlives every registration, so it cannot own one that borrows the parent.
//@ claim: registration-ends-before-borrows
//@ generations: api, linux-7.3
use kernel::drm::{driver::Registration, Device, Driver};
use kernel::sync::Mutex;

#[cfg(not(twin))]
fn case<'a, T, U>(dev: &Device<U>, registration: Registration<'a, T>)
where
    T: Driver,
    U: Driver<Data = Mutex<Option<Registration<'static, T>>>>,
{
    *dev.lock() = Some(registration); //~ E0521 registration
}
#[cfg(twin)]
fn case<T, U>(dev: &Device<U>, registration: Registration<'static, T>)
where
    T: Driver,
    U: Driver<Data = Mutex<Option<Registration<'static, T>>>>,
{
    *dev.lock() = Some(registration);
}

fn main() {}
