//! No hidden function of the ioctl macro casts between contexts: the macro leaves that to a guard.
//@ claim: context-cast-private
//@ generations: api
use kernel::drm;

type Upgraded<T> = *const drm::Device<T, drm::Registered>;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: *const drm::Device<T, drm::Ioctl>) -> Upgraded<T> {
    drm::ioctl::internal::__dev_ctx_cast(dev) //~ E0425 __dev_ctx_cast
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: *const drm::Device<T, drm::Ioctl>) -> Upgraded<T> {
    dev.cast()
}

fn main() {}
