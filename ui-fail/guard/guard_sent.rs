//! A guard is not sent to another thread: the section that it leaves when dropped belongs to the
//! thread that entered it.
//@ claim: guard-stays-on-thread
//@ generations: api, linux-7.3
use driver::needs_send;
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>() {
    needs_send::<drm::RegistrationGuard<'_, T>>(); //~ E0277 sent
}
#[cfg(twin)]
fn case<T: drm::Driver>() {
    needs_send::<drm::Device<T, drm::Registered>>();
}

fn main() {}
