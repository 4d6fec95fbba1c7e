//! A registration has one owner, which ends it in time; a copy would go on for longer.
//@ claim: register-needs-proof
//@ generations: api, linux-7.3
use kernel::drm::{driver::Registration, Driver};

#[cfg(not(twin))]
fn case<'a, T: Driver>(registration: &Registration<'a, T>) -> Registration<'a, T> {
    *registration //~ E0507 registration
}
#[cfg(twin)]
fn case<'a, T: Driver>(registration: Registration<'a, T>) -> Registration<'a, T> {
    registration
}

fn main() {}
