//! Each kind of pointer comes back from the queue, once.
//!
//! A work item runs on another thread; flushing the queue waits for it.

use super::{flush_workqueue, system, Work, WorkItem};
use crate::alloc::flags::GFP_KERNEL;
use crate::alloc::KBox;
use crate::init::InPlaceInit;
use crate::pin_init;
use crate::sync::Arc;
use core::pin::Pin;
use core::sync::atomic::{AtomicUsize, Ordering};
use pinned_init::pin_data;

#[pin_data]
struct Shared {
    runs: AtomicUsize,
    #[pin]
    one: Work<Shared, 1>,
    #[pin]
    two: Work<Shared, 2>,
}

impl_has_work! {
    impl HasWork<Self, 1> for Shared { self.one }
    impl HasWork<Self, 2> for Shared { self.two }
}

impl WorkItem<1> for Shared {
    type Pointer = Arc<Self>;

    fn run(this: Arc<Self>) {
        this.runs.fetch_add(1, Ordering::SeqCst);
    }
}

impl WorkItem<2> for Shared {
    type Pointer = Arc<Self>;

    fn run(this: Arc<Self>) {
        this.runs.fetch_add(100, Ordering::SeqCst);
    }
}

#[pin_data]
struct Owned {
    runs: std::sync::Arc<AtomicUsize>,
    #[pin]
    work: Work<Owned>,
}

impl_has_work! {
    impl HasWork<Self> for Owned { self.work }
}

impl WorkItem for Owned {
    type Pointer = Pin<KBox<Self>>;

    fn run(this: Pin<KBox<Self>>) {
        this.runs.fetch_add(1, Ordering::SeqCst);
    }
}

#[test]
fn a_shared_item_runs_by_each_of_its_fields() {
    let init = pin_init!(Shared {
        runs: AtomicUsize::new(0),
        one <- new_work!("one"),
        two <- new_work!(),
    });
    let item = Arc::pin_init(init, GFP_KERNEL).expect("nothing fails");
    assert!(system().enqueue::<_, 1>(item.clone()).is_ok());
    assert!(system().enqueue::<_, 2>(item.clone()).is_ok());
    flush_workqueue(system());
    assert_eq!(item.runs.load(Ordering::SeqCst), 101);
}

#[test]
fn an_owned_item_runs_and_is_dropped() {
    let runs = std::sync::Arc::new(AtomicUsize::new(0));
    let counter = runs.clone();
    let init = pin_init!(Owned {
        runs: counter,
        work <- new_work!("owned"),
    });
    let item = KBox::pin_init(init, GFP_KERNEL).expect("nothing fails");
    system().enqueue(item);
    flush_workqueue(system());
    assert_eq!(runs.load(Ordering::SeqCst), 1);
    assert_eq!(std::sync::Arc::strong_count(&runs), 1);
}
