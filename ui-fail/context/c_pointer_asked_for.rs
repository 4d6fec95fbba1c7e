//! A driver does not get the C pointer of a device, with which it could call C functions that need
//! more than is known.
//@ claim: context-cast-private
//@ generations: api, linux-7.3
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::Device<T>) {
    let _ = dev.as_raw(); //~ E0624 private
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T>) {
    let _: &T::ParentDevice<kernel::device::Normal> = dev.as_ref();
}

fn main() {}
