//! A registration is not taken apart: the device would stay registered when its data is gone.
//@ claim: register-needs-proof
//@ generations: api, linux-7.3
use kernel::drm::{driver::Registration, Driver};

#[cfg(not(twin))]
fn case<T: Driver>(registration: &Registration<'_, T>) {
    let _ = &registration.drm; //~ E0616 private
}
#[cfg(twin)]
fn case<T: Driver>(registration: &Registration<'_, T>) {
    let _ = registration.device();
}

fn main() {}
