//! A file of one driver is not a file of another.
//@ claim: driver-owns-file
//@ generations: api, linux-7.3, linux-7.2, devicectx-v1
use driver::Client;
use kernel::drm::File;

#[cfg(not(twin))]
use driver::OtherClient as Data;
#[cfg(twin)]
use Client as Data;

fn case(file: &File<Client>) -> &File<Data> {
    file //~ E0308 OtherClient
}

fn main() {}
