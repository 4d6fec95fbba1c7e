//! The device that registering with borrowed data gives, taken for a `Registered` device, bound to
//! a name of that type, is refused: it was registered, and may be unregistered at any time.
//@ claim: foreign-owned-is-ioctl
use kernel::device;
use kernel::drm;
use kernel::error::code::ENODEV;

#[cfg(not(twin))]
fn case<'a, T: drm::Driver>(
    make: fn() -> drm::UnregisteredDevice<T>,
    bus: &'a T::ParentDevice<device::Bound>,
) {
    let registered = drm::Registration::new_foreign_owned_with(bus, make(), |_| Err(ENODEV), 0);
    let _: &drm::Device<T, drm::Registered> = registered.unwrap(); //~ E0308 Registered
}

#[cfg(twin)]
fn case<'a, T: drm::Driver>(
    make: fn() -> drm::UnregisteredDevice<T>,
    bus: &'a T::ParentDevice<device::Bound>,
) {
    let registered = drm::Registration::new_foreign_owned_with(bus, make(), |_| Err(ENODEV), 0);
    let _: &drm::Device<T, drm::Ioctl> = registered.unwrap();
}

fn main() {}
