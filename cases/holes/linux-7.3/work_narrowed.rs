//! A work item of one type can be queued as one of a supertype, by the wrong kind of pointer.
//!
//! `Work<T>` has a `PhantomData<T>`, so it is covariant, and so are what contains it and a counted
//! pointer to that: an `Arc<Item<for<'a> fn(&'a u8)>>` is also an `Arc<Item<fn(&'static u8)>>`. For
//! traits these are two types, which may implement `WorkItem` with two kinds of pointers. The function
//! of the item is chosen when the item is made, for the first type; the pointer when it is queued,
//! for the second. Here the function takes the pointer for a box, and frees what no box is.
//!
//! Where: `rust/kernel/workqueue.rs`, `Work`.
//!
//! To close it: make `Work` invariant, by `PhantomData<fn(T) -> T>` (with `T: ?Sized`, of `&T`).
//@ claim: work-needs-its-pointer
//@ generations: linux-7.3
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
    of: PhantomData<X>,
}

impl_has_work! {
    impl HasWork<Item<General>> for Item<General> { self.work }
    impl HasWork<Item<Narrow>> for Item<Narrow> { self.work }
}

/// An item that is queued in a box.
impl WorkItem for Item<General> {
    type Pointer = Pin<KBox<Self>>;

    fn run(item: Pin<KBox<Self>>) {
        drop(item);
    }
}

/// An item that is queued by a counted pointer.
impl WorkItem for Item<Narrow> {
    type Pointer = Arc<Self>;

    fn run(item: Arc<Self>) {
        drop(item);
    }
}

pub fn main() -> Result {
    let item = Arc::pin_init(
        try_pin_init!(Item::<General> {
            work <- new_work!(),
            of: PhantomData,
        }),
        GFP_KERNEL,
    )?;
    let item: Arc<Item<Narrow>> = item;
    assert!(workqueue::system().enqueue(item).is_ok());
    Ok(())
}
