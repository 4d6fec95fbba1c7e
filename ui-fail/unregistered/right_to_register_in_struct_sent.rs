//! A struct that holds the right to register stays on its thread, too.
//@ claim: unregistered-stays-on-thread
//@ generations: api, linux-7.3, linux-7.2, devicectx-v1
use driver::needs_send;
use kernel::drm;

struct Setup<T: drm::Driver> {
    #[cfg(not(twin))]
    _dev: drm::UnregisteredDevice<T>,
    #[cfg(twin)]
    _dev: kernel::sync::aref::ARef<drm::Device<T>>,
}

fn case<T: drm::Driver>() {
    needs_send::<Setup<T>>(); //~ E0277 sent
}

fn main() {}
