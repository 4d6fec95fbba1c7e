//! The device that an unregistered one lends, taken for an `Ioctl` device, bound to a name of that
//! type, is refused: nobody registered it yet.
//@ claim: context-only-weakens
use kernel::drm;

#[cfg(not(twin))]
fn case<'a, T: drm::Driver>(unregistered: &'a drm::UnregisteredDevice<T>) {
    let _: &drm::Device<T, drm::Ioctl> = &**unregistered; //~ E0308 Ioctl
}

#[cfg(twin)]
fn case<'a, T: drm::Driver>(unregistered: &'a drm::UnregisteredDevice<T>) {
    let _: &drm::Device<T> = &**unregistered;
}

fn main() {}
