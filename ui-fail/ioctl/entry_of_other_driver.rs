//! A driver cannot take an entry from another driver's table.
//@ claim: ioctl-belongs-to-driver
//@ generations: api
use driver::Probe;
use kernel::drm::{ioctl::DrmIoctlDescriptor, Driver};

#[cfg(not(twin))]
fn case() -> &'static DrmIoctlDescriptor<driver::Other> {
    &Probe::IOCTLS[0] //~ E0308 Probe
}
#[cfg(twin)]
fn case() -> &'static DrmIoctlDescriptor<Probe> {
    &Probe::IOCTLS[0]
}

fn main() {}
