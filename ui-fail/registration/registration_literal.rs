//! A registration is not put together by hand: nobody would have registered its device.
//@ claim: register-needs-proof
//@ generations: api, linux-7.3
use kernel::drm::{driver::Registration, Driver};

#[cfg(not(twin))]
fn case<'a, T: Driver>(_: &Registration<'a, T>) {
    let _: Registration<'a, T> = Registration {}; //~ "cannot construct" "private fields"
}
#[cfg(twin)]
fn case<'a, T: Driver>(registration: &Registration<'a, T>) {
    let _: &Registration<'a, T> = registration;
}

fn main() {}
