//! Registering with data that borrows the parent of an unregistered device that was registered
//! since is refused: only the one owner of a device that was never registered may register it.
//@ claim: register-consumes
use kernel::device;
use kernel::drm;
use kernel::error::code::ENODEV;

#[cfg(not(twin))]
fn bus() -> &'static device::Device<device::Bound> {
    unreachable!()
}

#[cfg(not(twin))]
fn first_data<T: drm::Driver>() -> T::RegistrationData<'static> {
    unreachable!()
}

fn parent<T: drm::Driver>() -> &'static T::ParentDevice<device::Bound> {
    unreachable!()
}

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: drm::UnregisteredDevice<T>) {
    let _ = drm::Registration::<T>::new_foreign_owned(bus(), dev, first_data::<T>(), 0);
    let _ = drm::Registration::<T>::new_foreign_owned_with(parent::<T>(), dev, |_| Err(ENODEV), 0);
    //~^ E0382 dev
}

#[cfg(twin)]
fn case<T: drm::Driver>(dev: drm::UnregisteredDevice<T>) {
    let _ = drm::Registration::<T>::new_foreign_owned_with(parent::<T>(), dev, |_| Err(ENODEV), 0);
}

fn main() {}
