//! The seal of `kernel::drm` is not in reach: whoever could implement it could declare a context.
//@ claim: context-sealed
//@ generations: api, linux-7.3, linux-7.2, devicectx-v1

struct Trusted;

#[cfg(not(twin))]
impl kernel::drm::private::Sealed for Trusted {} //~ E0603 private
#[cfg(twin)]
impl private::Sealed for Trusted {}

#[cfg(twin)]
mod private {
    pub trait Sealed {}
}

fn main() {}
