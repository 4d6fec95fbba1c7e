//! Wrapping a context makes no context, not even one that promises less.
//@ claim: context-sealed
//@ generations: api, linux-7.3, linux-7.2
use core::marker::PhantomData;
use kernel::drm;

struct Maybe<C>(PhantomData<C>);

#[cfg(not(twin))]
impl<C: drm::DeviceContext> drm::DeviceContext for Maybe<C> {} //~ E0277 Sealed
#[cfg(twin)]
impl<C: drm::DeviceContext> Default for Maybe<C> {
    fn default() -> Self {
        Self(PhantomData)
    }
}

fn main() {}
