//! An entry does not change once its handler was checked.
//@ claim: ioctl-table-not-forged
//@ generations: api
use kernel::drm::{ioctl::DrmIoctlDescriptor, Driver};

#[cfg(not(twin))]
fn case<T: Driver>(entry: &mut DrmIoctlDescriptor<T>) {
    entry.0.func = None; //~ E0616 private
}
#[cfg(twin)]
fn case<T: Driver>(entry: &mut DrmIoctlDescriptor<T>) {
    let _ = entry;
}

fn main() {}
