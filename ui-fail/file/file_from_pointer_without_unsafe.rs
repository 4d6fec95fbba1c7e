//! A file is not made from a C pointer without saying why that is right.
//@ claim: file-not-forged
//@ generations: api, linux-7.3, linux-7.2, devicectx-v1
use kernel::drm::{file::DriverFile, File};

#[cfg(not(twin))]
fn case<'a, T: DriverFile>() -> &'a File<T> {
    File::from_raw(core::ptr::null_mut()) //~ E0133 from_raw
}
#[cfg(twin)]
fn case<'a, T: DriverFile>() -> &'a File<T> {
    // SAFETY: It is never called.
    unsafe { File::from_raw(core::ptr::null_mut()) }
}

fn main() {}
