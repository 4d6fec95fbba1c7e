//! What a guard lends of a managed resource ends before the guard: then the device may be unbound.
//@ claim: bound-ends-with-unbind
//@ generations: api, linux-7.3, linux-7.2, devicectx-v1
use kernel::devres::Devres;

#[cfg(not(twin))]
fn case(resource: &Devres<u64>) -> Option<&u64> {
    let guard = resource.try_access()?;
    Some(&*guard) //~ E0515 guard
}
#[cfg(twin)]
fn case(resource: &Devres<u64>) -> Option<u64> {
    let guard = resource.try_access()?;
    Some(*guard)
}

fn main() {}
