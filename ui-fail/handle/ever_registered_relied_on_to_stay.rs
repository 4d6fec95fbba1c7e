//! No code may rely on a handle that remembers the registration staying on its thread: it is there
//! for work items.
//@ claim: device-is-shared
//@ generations: api
use kernel::drm;

/// Ambiguous for exactly the types that are `Send`.
trait Single<A> {
    fn rely() {}
}

impl<X> Single<()> for X {}
impl<X: Send> Single<u8> for X {}

#[cfg(not(twin))]
fn case<T: drm::Driver>() {
    <drm::EverRegistered<T> as Single<_>>::rely(); //~ E0283 annotations
}
#[cfg(twin)]
fn case<T: drm::Driver>() {
    <drm::RegistrationGuard<'_, T> as Single<_>>::rely();
}

fn main() {}
