//! The duty to drop a registration in time does not vanish in a function pointer.
//@ claim: register-needs-proof
//@ generations: api, linux-7.3
use kernel::device::{Bound, Device};
use kernel::drm::{driver::Registration, Driver, UnregisteredDevice};
use kernel::prelude::*;

type Data<'a, T> = <T as Driver>::RegistrationData<'a>;

#[cfg(not(twin))]
fn case<'a, T: Driver>() {
    let _: fn(&'a Device<Bound>, UnregisteredDevice<T>, Data<'a, T>, usize) -> Result<_> =
        Registration::new; //~ E0308 unsafe
}
#[cfg(twin)]
fn case<'a, T: Driver>() {
    let _: unsafe fn(&'a Device<Bound>, UnregisteredDevice<T>, Data<'a, T>, usize) -> Result<_> =
        Registration::new;
}

fn main() {}
