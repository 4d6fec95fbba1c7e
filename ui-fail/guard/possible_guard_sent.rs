//! What may hold a guard is not sent to another thread either.
//@ claim: guard-stays-on-thread
//@ generations: api, linux-7.3
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Ioctl>) {
    fn send(_: impl Send) {}
    send(dev.registration_guard()); //~ E0277 sent
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Ioctl>) {
    fn send(_: impl Send) {}
    send(dev.registration_guard().is_some());
}

fn main() {}
