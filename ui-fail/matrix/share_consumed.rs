//! Sharing between threads of an unregistered device that was registered since is refused: it
//! belongs to the thread that made it.
//@ claim: unregistered-stays-on-thread
#[cfg(not(twin))]
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

fn shared<X: Sync>(_: &X) {}

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: drm::UnregisteredDevice<T>) {
    let _ = drm::Registration::<T>::new_foreign_owned(bus(), dev, first_data::<T>(), 0);
    shared(&dev); //~ E0277 shared
}

#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T>) {
    shared(dev);
}

fn main() {}
