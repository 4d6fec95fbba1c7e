//! A driver cannot get at the C file behind a file by its field either.
//@ claim: file-not-forged
//@ generations: api, linux-7.3, linux-7.2, devicectx-v1
use kernel::drm::{file::DriverFile, File};

#[cfg(not(twin))]
fn case<T: DriverFile>(file: &File<T>) {
    let _ = file.0.get(); //~ E0616 private
}
#[cfg(twin)]
fn case<T: DriverFile>(file: &File<T>) {
    let _ = file.inner().get_ref();
}

fn main() {}
