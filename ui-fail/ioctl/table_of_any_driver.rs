//! A table belongs to one driver, also for code that works for any.
//@ claim: ioctl-belongs-to-driver
//@ generations: api
use kernel::drm::{ioctl::DrmIoctlDescriptor, Driver};

#[cfg(not(twin))]
fn case<T: Driver, U: Driver>() -> &'static [DrmIoctlDescriptor<T>] {
    U::IOCTLS //~ E0308 parameter
}
#[cfg(twin)]
fn case<T: Driver, U: Driver>() -> &'static [DrmIoctlDescriptor<T>] {
    let _ = U::IOCTLS;
    T::IOCTLS
}

fn main() {}
