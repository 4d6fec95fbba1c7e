//! The C entry behind a table entry is out of reach: another table could be made of it.
//@ claim: ioctl-table-not-forged
//@ generations: api
use kernel::drm::{ioctl::DrmIoctlDescriptor, Driver};

#[cfg(not(twin))]
fn case<T: Driver>(entry: &DrmIoctlDescriptor<T>) {
    let _ = &entry.0; //~ E0616 private
}
#[cfg(twin)]
fn case<T: Driver>(entry: &DrmIoctlDescriptor<T>) {
    let _ = entry;
}

fn main() {}
