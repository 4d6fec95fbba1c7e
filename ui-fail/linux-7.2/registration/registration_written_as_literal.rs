//! A registration is not written down: dropping it would unregister a device that never was.
//@ claim: register-needs-proof
//@ generations: linux-7.2, devicectx-v1
use kernel::drm;
use kernel::sync::aref::ARef;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: ARef<drm::Device<T>>) {
    drop(drm::Registration { 0: dev }); //~ E0451 private
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: ARef<drm::Device<T>>) {
    drop(dev);
}

fn main() {}
