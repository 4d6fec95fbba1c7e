//! To say how the queue finds a device from a field is `unsafe`, except by `impl_has_work!`.
//@ claim: work-needs-its-pointer
//@ generations: api, linux-7.3, linux-7.2, devicectx-v1
use kernel::prelude::*;
use kernel::workqueue::Work;

#[pin_data]
struct Item {
    #[pin]
    work: Work<Item>,
}

#[cfg(not(twin))]
impl kernel::workqueue::HasWork<Item> for Item {
    //~^ E0200 unsafe
    unsafe fn raw_get_work(ptr: *mut Self) -> *mut Work<Item> {
        ptr.cast()
    }

    unsafe fn work_container_of(ptr: *mut Work<Item>) -> *mut Self {
        ptr.cast()
    }
}
#[cfg(twin)]
kernel::impl_has_work! { impl HasWork<Item> for Item { self.work } }

fn main() {}
