//! The data of a file is pinned and shared; a driver cannot replace it.
//@ claim: file-not-forged
//@ generations: api, linux-7.3, linux-7.2, devicectx-v1
use kernel::drm::{self, file::DriverFile};

fn replace<T>(_: &mut T) {}

#[cfg(not(twin))]
fn case<T: DriverFile + Unpin>(file: &drm::File<T>) {
    replace(&mut *file.inner()); //~ E0596 mutable
}
#[cfg(twin)]
fn case<T: DriverFile + Unpin>(_: &drm::File<T>, mut data: T) {
    replace(&mut data);
}

fn main() {}
