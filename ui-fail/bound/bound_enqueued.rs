//! A work item may run after its device was unbound, so it cannot hold the bound device.
//@ claim: bound-ends-with-unbind
//@ generations: api, linux-7.3, linux-7.2, devicectx-v1
use kernel::device::{Bound, Device};
use kernel::prelude::*;
use kernel::sync::Arc;
use kernel::workqueue::{system, Work, WorkItem};

#[pin_data]
struct Item<'a> {
    dev: &'a Device<Bound>,
    #[pin]
    work: Work<Item<'a>>,
}

kernel::impl_has_work! { impl{'a} HasWork<Item<'a>> for Item<'a> { self.work } }

impl<'a> WorkItem for Item<'a> {
    type Pointer = Arc<Self>;

    fn run(this: Arc<Self>) {
        let _ = this.dev;
    }
}

#[cfg(not(twin))]
fn case<'a>(item: Arc<Item<'a>>) {
    let _ = system().enqueue(item); //~ E0521 item
}
#[cfg(twin)]
fn case(item: Arc<Item<'static>>) {
    let _ = system().enqueue(item);
}

fn main() {}
