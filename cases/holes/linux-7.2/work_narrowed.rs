//! A work item of one type may be queued as one of a supertype, by a pointer of another kind.
//!
//! `Work<T>` holds a `PhantomData<T>`, so what contains it is covariant, and so is a counted pointer
//! to that: `Arc<Item<for<'a> fn(&'a u8)>>` is an `Arc<Item<fn(&'static u8)>>`. For traits the two
//! are different types, and may implement `WorkItem` with different pointers. The function of an item
//! is chosen by the type for which it is made, the pointer by that for which it is queued.
//!
//! Here an item that is made to be queued in a box is queued by a counted pointer, and its function
//! frees what is no box. `PhantomData<fn(T) -> T>` makes work items of different types what they are.
//@ claim: work-needs-its-pointer
//@ generations: linux-7.2
//@ violation: invalid-free + memory-leak
use core::marker::PhantomData;
use kernel::prelude::*;
use kernel::sync::Arc;
use kernel::workqueue::{self, Work, WorkItem};
use kernel::{impl_has_work, new_work};

type General = for<'a> fn(&'a u8);
type Narrow = fn(&'static u8);

#[pin_data]
struct Item<X> {
    #[pin]
    work: Work<Item<X>>,
    marker: PhantomData<X>,
}

impl_has_work! {
    impl HasWork<Item<General>> for Item<General> { self.work }
    impl HasWork<Item<Narrow>> for Item<Narrow> { self.work }
}

impl WorkItem for Item<General> {
    type Pointer = Pin<KBox<Self>>;

    fn run(item: Self::Pointer) {
        drop(item);
    }
}

impl WorkItem for Item<Narrow> {
    type Pointer = Arc<Self>;

    fn run(item: Self::Pointer) {
        drop(item);
    }
}

pub fn main() -> Result {
    let item = try_pin_init!(Item::<General> {
        work <- new_work!(),
        marker: PhantomData,
    });
    let item: Arc<Item<General>> = Arc::pin_init(item, GFP_KERNEL)?;
    let item: Arc<Item<Narrow>> = item;
    workqueue::system().enqueue(item).map_err(|_| EBUSY)
}
