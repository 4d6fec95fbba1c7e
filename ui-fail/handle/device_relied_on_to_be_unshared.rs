//! No code may rely on a device being used by one thread at a time: a `Registered` one is shared by
//! the ioctls that run.
//@ claim: device-is-shared
//@ generations: api, linux-7.3
use kernel::drm;

/// Ambiguous for exactly the types that are `Sync`.
trait Single<A> {
    fn rely() {}
}

impl<X> Single<()> for X {}
impl<X: Sync> Single<u8> for X {}

#[cfg(not(twin))]
fn case<T: drm::Driver>() {
    <drm::Device<T, drm::Registered> as Single<_>>::rely(); //~ E0283 annotations
}
#[cfg(twin)]
fn case<T: drm::Driver>() {
    <drm::RegistrationGuard<'_, T> as Single<_>>::rely();
}

fn main() {}
