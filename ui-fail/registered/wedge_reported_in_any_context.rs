//! A trait of devices that can report a hang does not cover devices in any context.
//@ claim: wedged-needs-registered
//@ generations: api
use kernel::drm;
use kernel::drm::device::WedgeRecovery;

trait Wedge {
    fn wedge(&self);
}

impl<T: drm::Driver> Wedge for drm::Device<T, drm::Registered> {
    fn wedge(&self) {
        let _ = self.wedged_event(WedgeRecovery::Rebind);
    }
}

#[cfg(not(twin))]
fn case<T: drm::Driver, C: drm::DeviceContext>(dev: &drm::Device<T, C>) {
    Wedge::wedge(dev); //~ E0277 Wedge
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Registered>) {
    Wedge::wedge(dev);
}

fn main() {}
