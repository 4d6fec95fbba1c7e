//! The right to make an entry of a table is not written by hand.
//@ claim: ioctl-table-not-forged
//@ generations: api
use kernel::drm::ioctl::internal::InPlace;

#[cfg(not(twin))]
fn case(_: InPlace) -> InPlace {
    InPlace(()) //~ E0423 private
}
#[cfg(twin)]
fn case(right: InPlace) -> InPlace {
    right
}

fn main() {}
