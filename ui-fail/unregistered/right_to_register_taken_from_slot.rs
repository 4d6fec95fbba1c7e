//! The right to register is not moved out from behind a reference, which would leave a copy of it.
//@ claim: register-consumes
//@ generations: api, linux-7.3, linux-7.2, devicectx-v1
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(
    slot: &mut Option<drm::UnregisteredDevice<T>>,
) -> Option<drm::UnregisteredDevice<T>> {
    *slot //~ E0507 move
}
#[cfg(twin)]
fn case<T: drm::Driver>(
    slot: &mut Option<drm::UnregisteredDevice<T>>,
) -> Option<drm::UnregisteredDevice<T>> {
    slot.take()
}

fn main() {}
