//! A faux device stays bound while somebody holds it as bound.
//@ claim: bound-ends-with-unbind
//@ generations: api, linux-7.3
use kernel::device::Bound;
use kernel::faux;

fn uses(_: &faux::Device<Bound>) {}

#[cfg(not(twin))]
fn case(parent: faux::Registration) {
    let dev = parent.as_ref();
    drop(parent); //~ E0505 parent
    uses(dev);
}
#[cfg(twin)]
fn case(parent: faux::Registration) {
    let dev = parent.as_ref();
    uses(dev);
    drop(parent);
}

fn main() {}
