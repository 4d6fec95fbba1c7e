//! A trait object that stands for `Registered` devices is not made from an `Ioctl` one.
//@ claim: context-only-weakens
//@ generations: api, linux-7.3
use kernel::drm;

trait Proof {}

impl<T: drm::Driver> Proof for drm::Device<T, drm::Registered> {}

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Ioctl>) {
    let _: &dyn Proof = dev; //~ E0277 Proof
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Registered>) {
    let _: &dyn Proof = dev;
}

fn main() {}
