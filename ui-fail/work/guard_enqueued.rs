//! A guard does not wait in a queue: it would keep the device from being unplugged, and would be
//! dropped on another thread.
//@ claim: work-needs-its-pointer
//@ generations: api
use kernel::drm;
use kernel::workqueue::RawWorkItem;

fn enqueue<W: RawWorkItem<0>>(_: W) {}

#[cfg(not(twin))]
fn case<T: drm::Driver>(guard: drm::RegistrationGuard<'static, T>) {
    enqueue(guard); //~ E0277 RegistrationGuard
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: drm::EverRegistered<T>)
where
    drm::EverRegistered<T>: RawWorkItem<0>,
{
    enqueue(dev);
}

fn main() {}
