//! A callback for devices in any context cannot read a minor number.
//@ claim: minor-needs-registered
//@ generations: api
use kernel::drm;

fn call<T: drm::Driver, C: drm::DeviceContext>(
    dev: &drm::Device<T, C>,
    f: impl FnOnce(&drm::Device<T, C>),
) {
    f(dev);
}

#[cfg(not(twin))]
fn case<T: drm::Driver, C: drm::DeviceContext>(dev: &drm::Device<T, C>) {
    call(dev, |dev| _ = dev.render_minor()); //~ E0599 render_minor
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Registered>) {
    call(dev, |dev| _ = dev.render_minor());
}

fn main() {}
