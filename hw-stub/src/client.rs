//! Userspace: opens nodes, calls ioctls, maps objects; from any thread, also across unplug.

mod file;
mod node;
mod waiting;

use std::cell::Cell;

pub use file::{File, Mapping};
pub use node::{primary_nodes, render_nodes, Node};
pub(crate) use waiting::nodes_are_there;
pub use waiting::wait_for_node;

/// Who calls.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Credentials {
    /// Whether the caller has `CAP_SYS_ADMIN`.
    pub root: bool,
}

thread_local! {
    static CURRENT: Cell<Credentials> = const { Cell::new(Credentials { root: false }) };
}

/// Who the running system call of this thread is made by.
pub(crate) fn credentials() -> Credentials {
    CURRENT.get()
}

/// Runs a system call for somebody.
fn run_as<R>(credentials: Credentials, call: impl FnOnce() -> R) -> R {
    let before = CURRENT.replace(credentials);
    let result = call();
    CURRENT.set(before);
    result
}
