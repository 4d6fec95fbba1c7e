//! The DRM core (`drivers/gpu/drm`): devices, nodes, open files, ioctls and GEM objects.

pub(crate) mod auth;
pub(crate) mod core_ioctl;
pub(crate) mod device;
pub(crate) mod file;
pub(crate) mod gem;
pub(crate) mod handle;
pub(crate) mod ioctl;
pub(crate) mod minor;
pub(crate) mod mmap;
pub(crate) mod phase;
pub(crate) mod registered;
pub(crate) mod registration;
mod space;
pub(crate) mod user;

use crate::arena;
use crate::oracle::{report, Kind};

/// Reports a call with an object of the DRM core that is gone, or never was.
fn report_stranger(call: &str, address: usize, what: &str) {
    let name = crate::names::of(address);
    let now = event!("{call}({name})");
    let freed = arena::freed(address).and_then(|block| block.freed);
    let kind = match freed {
        Some(_) => Kind::UseAfterFree,
        None => Kind::UnknownObject,
    };
    report(
        kind,
        format!("{call} of {name}, which is {what}"),
        freed,
        now,
    );
}
