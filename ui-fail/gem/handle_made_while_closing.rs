//! A file that loses a handle is given no other: if the file is being closed, nobody would close it.
//@ claim: closing-file-has-no-handles
//@ generations: api
use driver::{Buffer, Client};
use kernel::drm::gem::{BaseObject, Object};

#[cfg(not(twin))]
type File = kernel::drm::file::ClosingFile<Client>;
#[cfg(twin)]
type File = kernel::drm::File<Client>;

fn case(object: &Object<Buffer>, file: &File) {
    let _ = object.create_handle(file); //~ E0308 ClosingFile
}

fn main() {}
