//! A structure that is packed misplaces what is pinned in a structure within it.
//@ claim: fields-are-aligned
//@ generations: api, linux-7.3, linux-7.2
use driver::Tracked;
use kernel::prelude::*;

#[pin_data]
pub struct Inner {
    #[pin]
    tracked: Tracked,
}

#[pin_data] //~ E0793 packed
#[cfg_attr(not(twin), repr(C, packed))]
pub struct Data {
    odd: u8,
    #[pin]
    inner: Inner,
}

pub fn case() -> impl PinInit<Data, Error> {
    try_pin_init!(Data {  //~ E0793 packed
        odd: 1,
        inner <- try_pin_init!(Inner { tracked <- Tracked::new("data") }),
    })
}

fn main() {}
