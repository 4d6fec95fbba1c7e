//! An entry stays in its table: a second table would be a second promise of its invariants.
//@ claim: ioctl-table-not-forged
//@ generations: api
use kernel::drm::{ioctl::DrmIoctlDescriptor, Driver};

#[cfg(not(twin))]
fn case<T: Driver>() -> DrmIoctlDescriptor<T> {
    T::IOCTLS[0] //~ E0508 slice
}
#[cfg(twin)]
fn case<T: Driver>() -> &'static DrmIoctlDescriptor<T> {
    &T::IOCTLS[0]
}

fn main() {}
