//! Opening makes the data of a file and not the file: that is the DRM core's.
//@ claim: file-not-forged
//@ generations: api, linux-7.3, linux-7.2, devicectx-v1
use kernel::{drm, drm::file::DriverFile, prelude::*};

#[cfg(not(twin))]
fn case<T: DriverFile>(dev: &drm::Device<T::Driver>) -> Result<Pin<KBox<drm::File<T>>>> {
    T::open(dev) //~ E0308 File
}
#[cfg(twin)]
fn case<T: DriverFile>(dev: &drm::Device<T::Driver>) -> Result<Pin<KBox<T>>> {
    T::open(dev)
}

fn main() {}
