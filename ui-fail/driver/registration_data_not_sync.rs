//! Several clients' ioctls use registration data at once, so it must be `Sync`.
//@ claim: driver-data-thread-safe
//@ generations: api, linux-7.3

// A cell is `Send` but not `Sync`.
#[cfg(not(twin))]
type Data<'a> = core::cell::Cell<Option<&'a u64>>;
#[cfg(twin)]
type Data<'a> = kernel::sync::Mutex<Option<&'a u64>>;

driver::minimal_driver!(Gpu, GpuClient, GpuBuffer, data: (),
    registration_data<'a>: Data<'a>, parent: faux, ioctls: {}); //~ E0277 "shared between threads"

fn main() {}
