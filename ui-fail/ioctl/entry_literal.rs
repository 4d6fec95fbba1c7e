//! A table entry is not written by hand: its function would take any file for its own.
//@ claim: ioctl-table-not-forged
//@ generations: api
use kernel::drm::{ioctl::DrmIoctlDescriptor, Driver};

#[cfg(not(twin))]
fn case<T: Driver>(entry: &DrmIoctlDescriptor<T>) -> DrmIoctlDescriptor<T> {
    DrmIoctlDescriptor(entry.0, core::marker::PhantomData) //~ E0423 private
                                                           //~^ E0616 private
}
#[cfg(twin)]
fn case<T: Driver>(entry: &DrmIoctlDescriptor<T>) -> &DrmIoctlDescriptor<T> {
    entry
}

fn main() {}
