//! A counted handle that keeps what is known of an `Ioctl` device is refused: what is known may
//! expire while the handle is kept.
//@ claim: aref-is-normal
use kernel::drm;
use kernel::sync::aref::ARef;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Ioctl>) {
    let _ = ARef::from(dev);
    //~^ E0277 AlwaysRefCounted
    //~^^ E0277 AlwaysRefCounted
}

#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T>) {
    let _ = ARef::from(dev);
}

fn main() {}
