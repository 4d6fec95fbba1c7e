//! A counted handle that keeps what is known of an unregistered device that was registered since is
//! refused: what is known may expire while the handle is kept.
//@ claim: aref-is-normal
#[cfg(not(twin))]
use kernel::device;
use kernel::drm;
use kernel::sync::aref::ARef;

#[cfg(not(twin))]
fn bus() -> &'static device::Device<device::Bound> {
    unreachable!()
}

#[cfg(not(twin))]
fn first_data<T: drm::Driver>() -> T::RegistrationData<'static> {
    unreachable!()
}

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: drm::UnregisteredDevice<T>) {
    let _ = drm::Registration::<T>::new_foreign_owned(bus(), dev, first_data::<T>(), 0);
    let _ = ARef::from(&dev);
    //~^ E0277 AlwaysRefCounted
    //~^^ E0277 AlwaysRefCounted
}

#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T>) {
    let _ = ARef::from(dev);
}

fn main() {}
