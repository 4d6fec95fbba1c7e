//! No code may rely on a counted handle staying on its thread, also while the device is not
//! registered yet; only the right to register stays.
//@ claim: device-is-shared
//@ generations: api, linux-7.3, linux-7.2, devicectx-v1
use kernel::drm;

/// Ambiguous for exactly the types that are `Send`.
trait Single<A> {
    fn rely() {}
}

impl<X> Single<()> for X {}
impl<X: Send> Single<u8> for X {}

#[cfg(not(twin))]
fn case<T: drm::Driver>() {
    <kernel::sync::aref::ARef<drm::Device<T>> as Single<_>>::rely(); //~ E0283 annotations
}
#[cfg(twin)]
fn case<T: drm::Driver>() {
    <drm::UnregisteredDevice<T> as Single<_>>::rely();
}

fn main() {}
