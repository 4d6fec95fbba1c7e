//! Registering, with the duty to unregister in time, of a device in any context is refused: only
//! the one owner of a device that was never registered may register it.
//@ claim: register-consumes
use kernel::device;
use kernel::drm;

fn parent() -> &'static device::Device<device::Bound> {
    unreachable!()
}

fn data<T: drm::Driver>() -> T::RegistrationData<'static> {
    unreachable!()
}

#[cfg(not(twin))]
fn case<T: drm::Driver, C: drm::DeviceContext>(dev: &drm::Device<T, C>) {
    let _ = unsafe { drm::Registration::<T>::new(parent(), dev, data::<T>(), 0) };
    //~^ E0308 UnregisteredDevice
}

#[cfg(twin)]
fn case<T: drm::Driver>(dev: drm::UnregisteredDevice<T>) {
    let _ = unsafe { drm::Registration::<T>::new(parent(), dev, data::<T>(), 0) };
}

fn main() {}
