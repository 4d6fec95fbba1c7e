//! A packed structure may misplace a field whose type is not known yet.
//@ claim: fields-are-aligned
//@ generations: api, linux-7.3, linux-7.2
use kernel::prelude::*;

#[pin_data] //~ E0793 packed
#[cfg_attr(not(twin), repr(C, packed))]
pub struct Data<'a, T: 'a, const N: usize>
where
    T: Send,
{
    odd: [u8; N],
    #[pin]
    value: T,
    _borrow: core::marker::PhantomData<&'a T>,
}

fn main() {}
