//! A registration cannot be passed off as one that lasts for ever.
//@ claim: registration-ends-before-borrows
//@ generations: api, linux-7.3
use kernel::drm::{driver::Registration, Driver};

#[cfg(not(twin))]
fn case<'a, T: Driver>(registration: Registration<'a, T>) -> Registration<'static, T> {
    registration //~ "lifetime may not live long enough"
}
#[cfg(twin)]
fn case<'a, T: Driver>(registration: Registration<'a, T>) -> Registration<'a, T> {
    registration
}

fn main() {}
