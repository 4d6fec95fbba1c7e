//! The open file in one that loses a handle is out of reach.
//@ claim: closing-file-has-no-handles
//@ generations: api
use kernel::drm::file::{ClosingFile, DriverFile};

#[cfg(not(twin))]
fn case<F: DriverFile>(file: &ClosingFile<F>) {
    let _ = &file.0; //~ E0616 private
}
#[cfg(twin)]
fn case<F: DriverFile>(file: &ClosingFile<F>) {
    let _ = file.inner();
}

fn main() {}
