//! A packed structure would put a mutex at an odd address.
//@ claim: fields-are-aligned
//@ generations: api, linux-7.3, linux-7.2
use kernel::new_mutex;
use kernel::prelude::*;
use kernel::sync::Mutex;

#[pin_data] //~ E0793 packed
#[cfg_attr(not(twin), repr(C, packed))]
pub struct Data {
    odd: u8,
    #[pin]
    lock: Mutex<u64>,
}

pub fn case() -> impl PinInit<Data, Error> {
    try_pin_init!(Data { odd: 1, lock <- new_mutex!(5) }) //~ E0793 packed
}

fn main() {}
