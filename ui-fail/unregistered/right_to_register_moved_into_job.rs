//! A job of another thread cannot take over the right to register, only a counted handle.
//@ claim: unregistered-stays-on-thread
//@ generations: api, linux-7.3
use kernel::drm;
use kernel::sync::aref::ARef;

fn spawn(job: impl FnOnce() + Send) {
    job();
}

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: drm::UnregisteredDevice<T>) -> ARef<drm::Device<T>> {
    let handle = ARef::from(&*dev);
    spawn(move || drop(dev)); //~ E0277 sent
    handle
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: drm::UnregisteredDevice<T>) {
    let handle = ARef::from(&*dev);
    spawn(move || drop(handle));
}

fn main() {}
