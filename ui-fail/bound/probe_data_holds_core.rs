//! The data of a bus driver cannot hold the device as its probe callback sees it: the callback
//! returns, and with it ends what only a callback may do.
//@ claim: bound-ends-with-unbind
//@ generations: api, linux-7.3, linux-7.2, devicectx-v1
use kernel::device::{Core, Device};

struct Data<'bound> {
    #[cfg(not(twin))]
    dev: &'bound Device<Core<'bound>>,
    #[cfg(twin)]
    dev: &'bound Device<kernel::device::Bound>,
}

fn case<'bound, 'core>(dev: &'bound Device<Core<'core>>) -> Data<'bound> {
    let data: Data<'bound> = Data { dev }; //~ "lifetime may not live long enough"
    let _ = data.dev;
    data
}

fn main() {}
