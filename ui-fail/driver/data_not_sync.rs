//! The data of a device is used on several threads at once, so it must be `Sync`.
//@ claim: driver-data-thread-safe
//@ generations: api, linux-7.3, linux-7.2, devicectx-v1

// A cell is `Send` but not `Sync`.
#[cfg(not(twin))]
type Data = core::cell::Cell<u64>;
#[cfg(twin)]
type Data = core::sync::atomic::AtomicU64;

driver::minimal_driver!(Gpu, GpuClient, GpuBuffer, data: Data, ioctls: {}); //~ E0277 "shared between threads"

fn main() {}
