//! An initialiser writes to aligned fields only, also where nothing is pinned.
//@ claim: fields-are-aligned
//@ generations: api, linux-7.3, linux-7.2
use kernel::prelude::*;

#[cfg_attr(not(twin), repr(C, packed))]
pub struct Data {
    odd: u8,
    value: u64,
}

pub fn case() -> impl Init<Data, Error> {
    try_init!(Data { odd: 1, value: 7 }? Error) //~ E0793 packed
}

fn main() {}
