//! Where two branches meet, what holds in one of them only is not known.
//@ claim: context-only-weakens
//@ generations: api, linux-7.3
use kernel::drm;

fn ioctl_only<T: drm::Driver>(_: &drm::Device<T, drm::Ioctl>) {}

#[cfg(not(twin))]
fn case<T: drm::Driver>(ever: Option<&drm::Device<T, drm::Ioctl>>, dev: &drm::Device<T>) {
    let dev = match ever {
        Some(ever) => ever,
        None => dev,
    };
    ioctl_only(dev); //~ E0308 Ioctl
}
#[cfg(twin)]
fn case<T: drm::Driver>(
    ever: Option<&drm::Device<T, drm::Ioctl>>,
    dev: &drm::Device<T, drm::Ioctl>,
) {
    let dev = match ever {
        Some(ever) => ever,
        None => dev,
    };
    ioctl_only(dev);
}

fn main() {}
