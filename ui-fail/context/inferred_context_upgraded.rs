//! A context that is left to inference is the one of the device that comes in, for whatever goes
//! out.
//@ claim: context-only-weakens
//@ generations: api, linux-7.3
use kernel::drm;

fn registered_only<T: drm::Driver>(_: &drm::Device<T, drm::Registered>) {}

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Ioctl>) {
    let mut last = None;
    last.replace(dev);
    if let Some(dev) = last {
        registered_only(dev); //~ E0308 Registered
    }
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Registered>) {
    let mut last = None;
    last.replace(dev);
    if let Some(dev) = last {
        registered_only(dev);
    }
}

fn main() {}
