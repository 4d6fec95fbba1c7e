//! A function that runs a callback inside a section can refuse to let the `Registered` device out
//! of it.
//@ claim: guard-lends-no-longer
//@ generations: api, linux-7.3
use kernel::drm;

fn inside<T: drm::Driver, R>(
    dev: &drm::Device<T, drm::Ioctl>,
    run: impl FnOnce(&drm::Device<T, drm::Registered>) -> R,
) -> Option<R> {
    dev.registration_guard().map(|guard| run(&guard))
}

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Ioctl>) {
    let _ = inside(dev, |dev| dev); //~ "lifetime may not live long enough"
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Ioctl>) {
    let _ = inside(dev, |dev| dev.registration_data_with(|_| ()));
}

fn main() {}
