//! A device cannot be written down: its C part has to be allocated and initialised by the DRM core.
//@ claim: device-not-forged
//@ generations: api, linux-7.3, linux-7.2, devicectx-v1
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: drm::Device<T>) -> drm::Device<T> {
    drm::Device { ..dev } //~ E0451 private
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: drm::Device<T>) -> drm::Device<T> {
    dev
}

fn main() {}
