//! An initialiser that writes a structure in place refuses a packed one, also as a part of another.
//@ claim: fields-are-aligned
//@ generations: api, linux-7.3, linux-7.2
use kernel::prelude::*;

#[cfg_attr(not(twin), repr(packed(4)))]
pub struct Part {
    odd: u8,
    value: u64,
}

pub struct Data {
    part: Part,
}

pub fn case() -> impl Init<Data, Error> {
    try_init!(Data {
        part <- try_init!(&this in Part { odd: this.addr().get() as u8, value: 7 }? Error), //~ E0793 packed
    }? Error)
}

fn main() {}
