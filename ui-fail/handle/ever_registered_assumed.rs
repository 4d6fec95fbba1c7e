//! Not even unsafe driver code can declare that a device was registered: the constructor is
//! private.
//@ claim: ever-needs-ioctl
//@ generations: api
use kernel::drm;
use kernel::sync::aref::ARef;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: ARef<drm::Device<T>>) {
    // SAFETY: There is no argument: the device may never have been registered.
    let _ = unsafe { drm::EverRegistered::from_aref(dev) }; //~ E0624 private
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: ARef<drm::Device<T>>) {
    let _ = dev;
}

fn main() {}
