//! A file carries the data of its own driver and not that of another.
//@ claim: driver-owns-file
//@ generations: api, linux-7.3, linux-7.2, devicectx-v1
use driver::Client;
use kernel::{drm, prelude::*};

#[cfg(not(twin))]
use driver::OtherClient as Data;
#[cfg(twin)]
use Client as Data;

fn case(file: &drm::File<Client>) -> Pin<&Data> {
    file.inner() //~ E0308 OtherClient
}

fn main() {}
