//! A file belongs to the DRM core, which knows its address; a driver cannot move it.
//@ claim: file-not-forged
//@ generations: api, linux-7.3, linux-7.2, devicectx-v1
use kernel::drm::{file::DriverFile, File};

#[cfg(not(twin))]
fn case<T: DriverFile>(file: &File<T>) {
    let _file = *file; //~ E0507 file
}
#[cfg(twin)]
fn case<T: DriverFile>(file: &File<T>) {
    let _file = file;
}

fn main() {}
