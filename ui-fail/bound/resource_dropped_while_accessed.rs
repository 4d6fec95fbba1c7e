//! A managed resource is not dropped while somebody accesses it.
//@ claim: bound-ends-with-unbind
//@ generations: api, linux-7.3, linux-7.2, devicectx-v1
use kernel::devres::Devres;

#[cfg(not(twin))]
fn case(resource: Devres<u64>) {
    let guard = resource.try_access();
    drop(resource); //~ E0505 resource
    drop(guard);
}
#[cfg(twin)]
fn case(resource: Devres<u64>) {
    let guard = resource.try_access();
    drop(guard);
    drop(resource);
}

fn main() {}
