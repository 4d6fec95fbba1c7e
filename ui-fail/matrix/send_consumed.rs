//! Sending to another thread of an unregistered device that was registered since is refused: it
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

fn sent<X: Send>(_: &X) {}

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: drm::UnregisteredDevice<T>) {
    let _ = drm::Registration::<T>::new_foreign_owned(bus(), dev, first_data::<T>(), 0);
    sent(&dev); //~ E0277 sent
}

#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T>) {
    sent(dev);
}

fn main() {}
