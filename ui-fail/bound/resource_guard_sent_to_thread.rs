//! The guard of a managed resource stays on its thread.
//@ claim: bound-ends-with-unbind
//@ generations: api
use driver::needs_send;

#[cfg(not(twin))]
fn case() {
    needs_send::<kernel::revocable::RevocableGuard<'_, u64>>(); //~ E0277 sent
}
#[cfg(twin)]
fn case() {
    needs_send::<kernel::devres::Devres<u64>>();
}

fn main() {}
