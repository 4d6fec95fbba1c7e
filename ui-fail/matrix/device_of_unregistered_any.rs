//! The device that an unregistered one lends, taken for a device in any context, bound to a name of
//! that type, is refused: nobody registered it yet.
//@ claim: context-only-weakens
use kernel::drm;

#[cfg(not(twin))]
fn case<'a, T: drm::Driver, C: drm::DeviceContext>(unregistered: &'a drm::UnregisteredDevice<T>) {
    let _: &drm::Device<T, C> = &**unregistered; //~ E0308 "Device<T, C>"
}

#[cfg(twin)]
fn case<'a, T: drm::Driver>(unregistered: &'a drm::UnregisteredDevice<T>) {
    let _: &drm::Device<T> = &**unregistered;
}

fn main() {}
