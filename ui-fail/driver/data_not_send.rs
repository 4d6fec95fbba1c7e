//! The data of a device is dropped on any thread, so it must be `Send`.
//@ claim: driver-data-thread-safe
//@ generations: api, linux-7.3, linux-7.2, devicectx-v1
use kernel::sync;

// A guard is `Sync` but not `Send`.
#[cfg(not(twin))]
type Data = sync::MutexGuard<'static, u64>;
#[cfg(twin)]
type Data = &'static sync::Mutex<u64>;

driver::minimal_driver!(Gpu, GpuClient, GpuBuffer, data: Data, ioctls: {}); //~ E0277 "sent between threads"

fn main() {}
