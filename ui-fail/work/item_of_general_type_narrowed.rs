//! A work item of one type is not a work item of a supertype: the two may be given different
//! pointers, and the function of the one would be called with the pointer of the other.
//@ claim: work-needs-its-pointer
//@ generations: api, linux-7.3, linux-7.2
use kernel::workqueue::Work;

type General = for<'a> fn(&'a u8);
#[cfg(not(twin))]
type Narrow = fn(&'static u8);
#[cfg(twin)]
type Narrow = General;

fn case(work: &Work<General>) -> &Work<Narrow> {
    work //~ E0308 "more general"
}

fn main() {}
