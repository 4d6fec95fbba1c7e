//! A thread that may run for ever cannot take a registration that borrows.
//@ claim: registration-ends-before-borrows
//@ generations: api, linux-7.3
use kernel::drm::{driver::Registration, Driver};

fn spawn(_: impl FnOnce() + Send + 'static) {}

#[cfg(not(twin))]
fn case<'a, T: Driver + 'static>(registration: Registration<'a, T>) {
    spawn(move || drop(registration)); //~ E0521 registration
}
#[cfg(twin)]
fn case<T: Driver + 'static>(registration: Registration<'static, T>) {
    spawn(move || drop(registration));
}

fn main() {}
