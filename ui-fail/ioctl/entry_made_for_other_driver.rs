//! What the macro makes entries with checks the handler's driver too.
//@ claim: ioctl-table-not-forged
//@ generations: api
use driver::{Other, OtherClient};
use kernel::drm::{self, ioctl::internal, ioctl::DrmIoctlDescriptor};
use kernel::{prelude::*, uapi};

fn handler(
    _dev: &drm::Device<Other, drm::Registered>,
    _data: &(),
    _arg: &mut uapi::drm_nova_getparam,
    _file: &drm::File<OtherClient>,
) -> Result<u32> {
    Ok(0)
}

#[cfg(not(twin))]
type Named = driver::Probe;
#[cfg(twin)]
type Named = Other;

fn case(right: internal::InPlace) -> DrmIoctlDescriptor<Named> {
    let cmd = uapi::DRM_IOCTL_NOVA_GETPARAM;
    internal::descriptor::<Named, _, _>(cmd, 0, c"entry", handler, right) //~ E0631 "function arguments"
                                                                          //~^ E0631 "function arguments"
}

fn main() {}
