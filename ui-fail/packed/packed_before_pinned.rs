//! A structure may not be packed by an attribute that the macro does not see either.
//@ claim: fields-are-aligned
//@ generations: api, linux-7.3, linux-7.2
use driver::Tracked;
use kernel::prelude::*;

#[cfg_attr(all(not(twin), not(all(any(), any()))), repr(packed))]
#[pin_data] //~ E0793 packed
pub struct Data {
    odd: u8,
    #[pin]
    tracked: Tracked,
}

pub fn case() -> impl PinInit<Data, Error> {
    try_pin_init!(Data { odd: 1, tracked <- Tracked::new("data") }) //~ E0793 packed
}

fn main() {}
