//! A file is not made by a driver: its data pointer would point nowhere.
//@ claim: file-not-forged
//@ generations: api, linux-7.3, linux-7.2, devicectx-v1
use kernel::{drm, types::Opaque};

#[cfg(not(twin))]
fn case<T: drm::file::DriverFile>() -> drm::File<T> {
    drm::File(Opaque::zeroed(), core::marker::PhantomData) //~ E0423 private
}
#[cfg(twin)]
fn case<T: drm::file::DriverFile>(file: &drm::File<T>) -> &drm::File<T> {
    let _ = Opaque::<u8>::zeroed();
    file
}

fn main() {}
