//! A device in the context of a bus callback stays with the callback's thread, so registration
//! data cannot hold it.
//@ claim: driver-data-thread-safe
//@ generations: api, linux-7.3
use kernel::device::Device;

#[cfg(not(twin))]
type Data<'a> = &'a Device<kernel::device::Core<'a>>;
#[cfg(twin)]
type Data<'a> = &'a Device<kernel::device::Bound>;

driver::minimal_driver!(Gpu, GpuClient, GpuBuffer, data: (),
    registration_data<'a>: Data<'a>, parent: faux, ioctls: {}); //~ E0277 "between threads"

fn main() {}
