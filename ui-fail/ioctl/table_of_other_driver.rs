//! A driver cannot use another driver's table: the handlers would take its devices for theirs.
//@ claim: ioctl-belongs-to-driver
//@ generations: api
use driver::{Other, Probe};
use kernel::drm::{ioctl::DrmIoctlDescriptor, Driver};

#[cfg(not(twin))]
const TABLE: &[DrmIoctlDescriptor<Other>] = Probe::IOCTLS; //~ E0308 Other
#[cfg(twin)]
const TABLE: &[DrmIoctlDescriptor<Other>] = Other::IOCTLS;

fn main() {
    let _ = (Probe, TABLE);
}
