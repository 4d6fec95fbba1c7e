//! A device begins as an `UnregisteredDevice`, which holds the right to register it; there is no
//! other constructor.
//@ claim: device-not-forged
//@ generations: api, linux-7.3
use kernel::device;
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(parent: &T::ParentDevice<device::Bound>, data: T::Data) {
    let _ = drm::Device::<T>::new(parent, Ok(data)); //~ E0599 new
}
#[cfg(twin)]
fn case<T: drm::Driver>(parent: &T::ParentDevice<device::Bound>, data: T::Data) {
    let _ = drm::UnregisteredDevice::<T>::new(parent, Ok(data));
}

fn main() {}
