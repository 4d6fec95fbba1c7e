//! Registration data is dropped on the thread that unbinds the device, so it must be `Send`.
//@ claim: driver-data-thread-safe
//@ generations: api, linux-7.3
use kernel::sync;

// A guard is `Sync` but not `Send`.
#[cfg(not(twin))]
type Data<'a> = sync::MutexGuard<'a, u64>;
#[cfg(twin)]
type Data<'a> = &'a sync::Mutex<u64>;

driver::minimal_driver!(Gpu, GpuClient, GpuBuffer, data: (),
    registration_data<'a>: Data<'a>, parent: faux, ioctls: {}); //~ E0277 "sent between threads"

fn main() {}
