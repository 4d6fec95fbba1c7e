//! Registering until the parent is unbound of an unregistered device that was registered since is
//! refused: only the one owner of a device that was never registered may register it.
//@ claim: register-consumes
use kernel::device;
use kernel::drm;

#[cfg(not(twin))]
fn bus() -> &'static device::Device<device::Bound> {
    unreachable!()
}

#[cfg(not(twin))]
fn first_data<T: drm::Driver>() -> T::RegistrationData<'static> {
    unreachable!()
}

fn parent() -> &'static device::Device<device::Bound> {
    unreachable!()
}

fn data<T: drm::Driver>() -> T::RegistrationData<'static> {
    unreachable!()
}

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: drm::UnregisteredDevice<T>) {
    let _ = drm::Registration::<T>::new_foreign_owned(bus(), dev, first_data::<T>(), 0);
    let _ = drm::Registration::<T>::new_foreign_owned(parent(), dev, data::<T>(), 0);
    //~^ E0382 dev
}

#[cfg(twin)]
fn case<T: drm::Driver>(dev: drm::UnregisteredDevice<T>) {
    let _ = drm::Registration::<T>::new_foreign_owned(parent(), dev, data::<T>(), 0);
}

fn main() {}
