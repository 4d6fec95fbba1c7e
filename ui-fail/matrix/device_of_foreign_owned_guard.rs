//! The device that registering until unbind gives, taken for a registration guard, bound to a name
//! of that type, is refused: it was registered, and may be unregistered at any time.
//@ claim: foreign-owned-is-ioctl
use kernel::device;
use kernel::drm;

fn data<T: drm::Driver>() -> T::RegistrationData<'static> {
    unreachable!()
}

#[cfg(not(twin))]
fn case<'a, T: drm::Driver>(
    make: fn() -> drm::UnregisteredDevice<T>,
    bus: &'a device::Device<device::Bound>,
) {
    let registered = drm::Registration::new_foreign_owned(bus, make(), data::<T>(), 0);
    let _: &drm::RegistrationGuard<'_, T> = registered.unwrap(); //~ E0308 RegistrationGuard
}

#[cfg(twin)]
fn case<'a, T: drm::Driver>(
    make: fn() -> drm::UnregisteredDevice<T>,
    bus: &'a device::Device<device::Bound>,
) {
    let registered = drm::Registration::new_foreign_owned(bus, make(), data::<T>(), 0);
    let _: &drm::Device<T, drm::Ioctl> = registered.unwrap();
}

fn main() {}
