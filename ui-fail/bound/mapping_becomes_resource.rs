//! A register mapping borrows the binding, so it cannot become a managed resource, which may be
//! dropped later than its turn.
//@ claim: bound-ends-with-unbind
//@ generations: api, linux-7.3, linux-7.2, devicectx-v1
use kernel::device::{Bound, Device};
use kernel::{devres::Devres, io::mem::IoMem, prelude::*};

#[cfg(not(twin))]
fn case<'a>(dev: &Device<Bound>, regs: IoMem<'a>) -> Result {
    Devres::<IoMem<'_>>::new(dev, Ok::<_, Error>(regs)).map(drop) //~ E0521 regs
}
#[cfg(twin)]
fn case(dev: &Device<Bound>, regs: IoMem<'static>) -> Result {
    Devres::<IoMem<'_>>::new(dev, Ok::<_, Error>(regs)).map(drop)
}

fn main() {}
