//! The right to make an entry of a table makes one: the next place has another number.
//@ claim: ioctl-table-not-forged
//@ generations: api
use kernel::drm::ioctl::internal::InPlace;

fn make(_: InPlace) {}

fn case(right: InPlace) {
    make(right);
    #[cfg(not(twin))]
    make(right); //~ E0382 right
}

fn main() {}
