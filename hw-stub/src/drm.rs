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
pub(crate) mod user;
