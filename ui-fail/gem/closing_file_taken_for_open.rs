//! A file that loses a handle does not become an open one.
//@ claim: closing-file-has-no-handles
//@ generations: api
use kernel::drm::file::{ClosingFile, DriverFile};
use kernel::drm::File;

#[cfg(not(twin))]
fn case<F: DriverFile>(file: &ClosingFile<F>) -> &File<F> {
    file //~ E0308 ClosingFile
}
#[cfg(twin)]
fn case<F: DriverFile>(file: &ClosingFile<F>) -> &ClosingFile<F> {
    file
}

fn main() {}
