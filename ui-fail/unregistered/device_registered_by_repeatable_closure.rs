//! A closure that registers a device can be called once.
//@ claim: register-consumes
//@ generations: api
use kernel::device;
use kernel::drm;
use kernel::drm::Registration;
use kernel::prelude::*;

#[cfg(not(twin))]
fn run(register: impl Fn() -> Result) -> Result {
    register()
}
#[cfg(twin)]
fn run(register: impl FnOnce() -> Result) -> Result {
    register()
}

fn case<T>(parent: &device::Device<device::Bound>, dev: drm::UnregisteredDevice<T>) -> Result
where
    T: for<'a> drm::Driver<RegistrationData<'a> = ()>,
{
    run(|| Registration::new_foreign_owned(parent, dev, (), 0).map(|_| ())) //~ E0507 move
}

fn main() {}
