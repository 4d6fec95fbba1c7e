//! In a file that loses a handle nothing is looked up: if the file is being closed, its table names
//! objects that are gone.
//@ claim: closing-file-has-no-handles
//@ generations: api
use driver::{Buffer, Client};
use kernel::drm::gem::{BaseObject, Object};

#[cfg(not(twin))]
type File = kernel::drm::file::ClosingFile<Client>;
#[cfg(twin)]
type File = kernel::drm::File<Client>;

fn case(file: &File) {
    let _ = Object::<Buffer>::lookup_handle(file, 1); //~ E0308 ClosingFile
}

fn main() {}
