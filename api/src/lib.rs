//! The kernel crate as a driver sees it: the shim's modules under their kernel names, and [`drm`],
//! the typestate API for DRM devices.
//!
//! Names and signatures follow Linux 7.3, so that the same driver file compiles against this crate
//! and against the kernel's. `drm` goes beyond 7.3 only where safe driver code could break it.
#![cfg_attr(not(test), no_std)]

// `#[vtable]` expands to paths that begin with `::kernel`.
extern crate self as kernel;

pub mod drm;

pub use kernel_shim::{
    alloc, auxiliary, clk, device, device_id, devres, driver, error, faux, ffi, fmt, init, io,
    ioctl, module, of, page, pci, platform, prelude, print, ptr, regulator, revocable, sizes, str,
    sync, time, types, uapi, workqueue,
};

pub use kernel_shim::{InPlaceModule, Module, ModuleMetadata, ThisModule};

pub use kernel_shim::{
    auxiliary_device_table, c_str, container_of, dev_alert, dev_crit, dev_dbg, dev_emerg, dev_err,
    dev_info, dev_notice, dev_warn, impl_has_work, module_auxiliary_driver, module_driver,
    module_platform_driver, new_mutex, new_work, of_device_table, pr_alert, pr_crit, pr_debug,
    pr_emerg, pr_err, pr_info, pr_notice, pr_warn, try_init, try_pin_init,
};

pub use macros;
