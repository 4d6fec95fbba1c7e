//! Registering in a loop would register one device several times.
//@ claim: register-consumes
//@ generations: api
use kernel::device;
use kernel::drm;

#[cfg(not(twin))]
fn case<T>(parent: &device::Device<device::Bound>, dev: drm::UnregisteredDevice<T>)
where
    T: for<'a> drm::Driver<RegistrationData<'a> = ()>,
{
    while drm::Registration::new_foreign_owned(parent, dev, (), 0).is_err() {} //~ E0382 moved
}
#[cfg(twin)]
fn case<T>(parent: &device::Device<device::Bound>, dev: drm::UnregisteredDevice<T>)
where
    T: for<'a> drm::Driver<RegistrationData<'a> = ()>,
{
    if drm::Registration::new_foreign_owned(parent, dev, (), 0).is_err() {}
}

fn main() {}
