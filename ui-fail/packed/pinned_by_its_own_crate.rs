//! The macros check alignment also under the names of the crate that they expand to.
//@ claim: fields-are-aligned
//@ generations: api
use driver::Tracked;
use kernel::prelude::*;

#[pinned_init::pin_data] //~ E0793 packed
#[cfg_attr(not(twin), repr(C, packed))]
pub struct Data {
    odd: u8,
    #[pin]
    tracked: Tracked,
}

pub fn case() -> impl PinInit<Data, Error> {
    let tracked = Tracked::new("data");
    pinned_init::try_pin_init!(Data { odd: 1, tracked <- tracked }) //~ E0793 packed
}

fn main() {}
