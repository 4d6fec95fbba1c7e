//! The right to register a device stays on its thread, so it cannot lie in the data of another
//! device.
//@ claim: driver-data-thread-safe
//@ generations: api, linux-7.3, linux-7.2, devicectx-v1
use driver::Other;
use kernel::drm;

#[cfg(not(twin))]
type Data = kernel::sync::Mutex<Option<drm::UnregisteredDevice<Other>>>;
#[cfg(twin)]
type Data = kernel::sync::Mutex<Option<kernel::sync::aref::ARef<drm::Device<Other>>>>;

driver::minimal_driver!(Gpu, GpuClient, GpuBuffer, data: Data, ioctls: {}); //~ E0277 "between threads"

fn main() {}
