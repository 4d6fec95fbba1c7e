//! A table is not made by hand: nobody would have compared its numbers with their places.
//@ claim: ioctl-table-not-forged
//@ generations: api
use driver::{Client, Probe, RegistrationData};
use kernel::drm::{self, ioctl::internal, ioctl::DrmIoctlDescriptor};
use kernel::{prelude::*, uapi};

fn handler(
    _dev: &drm::Device<Probe, drm::Registered>,
    _data: &RegistrationData<'_>,
    _arg: &mut uapi::drm_nova_getparam,
    _file: &drm::File<Client>,
) -> Result<u32> {
    Ok(0)
}

#[cfg(not(twin))]
fn case() -> DrmIoctlDescriptor<Probe> {
    let right = internal::InPlace::assume(); //~ E0133 assume
    let cmd = uapi::DRM_IOCTL_NOVA_GETPARAM + 5;
    internal::descriptor(cmd, 0, c"entry", handler, right)
}
#[cfg(twin)]
fn case(right: internal::InPlace) -> DrmIoctlDescriptor<Probe> {
    let cmd = uapi::DRM_IOCTL_NOVA_GETPARAM + 5;
    internal::descriptor(cmd, 0, c"entry", handler, right)
}

fn main() {}
