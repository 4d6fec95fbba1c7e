//! A structure that is packed to half of what a field needs misplaces it as well.
//@ claim: fields-are-aligned
//@ generations: api, linux-7.3, linux-7.2
use driver::Tracked;
use kernel::prelude::*;

#[pin_data] //~ E0793 packed
#[cfg_attr(not(twin), repr(packed(2)))]
#[cfg_attr(twin, repr(packed(8)))]
pub struct Data {
    odd: u8,
    #[pin]
    tracked: Tracked,
}

pub fn case() -> impl PinInit<Data, Error> {
    try_pin_init!(Data { odd: 1, tracked <- Tracked::new("data") }) //~ E0793 packed
}

fn main() {}
