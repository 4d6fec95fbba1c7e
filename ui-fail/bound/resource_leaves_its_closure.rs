//! What a closure sees of a managed resource does not leave the closure.
//@ claim: bound-ends-with-unbind
//@ generations: api, linux-7.3, linux-7.2, devicectx-v1
use kernel::devres::Devres;

#[cfg(not(twin))]
fn case(resource: &Devres<u64>) -> Option<&u64> {
    resource.try_access_with(|value| value) //~ "lifetime may not live long enough"
}
#[cfg(twin)]
fn case(resource: &Devres<u64>) -> Option<u64> {
    resource.try_access_with(|value| *value)
}

fn main() {}
