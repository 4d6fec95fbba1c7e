//! A driver cannot declare that a type of its own is a GEM object of the DRM core.
//@ claim: gem-manager-sealed
//@ generations: api, linux-7.3, linux-7.2, devicectx-v1
use driver::Buffer;
use kernel::drm::gem::{BaseObject, Object};

struct Fake;

fn size(obj: &impl BaseObject) -> usize {
    obj.size()
}

#[cfg(not(twin))]
fn case(obj: &Fake, _: &Object<Buffer>) -> usize {
    size(obj) //~ E0277 Fake
}
#[cfg(twin)]
fn case(_: &Fake, obj: &Object<Buffer>) -> usize {
    size(obj)
}

fn main() {}
