//! Names of threads that do not change from run to run: `t0`, `t1`, … in the order of their first
//! event, and `w0` for the worker of the work queue.

use std::cell::Cell;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};

/// A thread, as the oracle tells them apart.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) struct Id(u32);

const UNKNOWN: u32 = u32::MAX;
const WORKER: u32 = u32::MAX - 1;

static NEXT: AtomicU32 = AtomicU32::new(0);

/// How many threads the stub has started for itself.
static OWN: AtomicUsize = AtomicUsize::new(0);

thread_local! {
    static CURRENT: Cell<u32> = const { Cell::new(UNKNOWN) };
}

/// The running thread; gives it a number on its first call.
pub(crate) fn current() -> Id {
    // A thread that is past the destruction of its locals has no name left.
    let id = CURRENT.try_with(|current| {
        if current.get() == UNKNOWN {
            current.set(NEXT.fetch_add(1, Ordering::Relaxed));
        }
        current.get()
    });
    Id(id.unwrap_or(UNKNOWN))
}

/// Starts a thread of the stub itself, which never ends.
pub(crate) fn spawn_own(body: impl FnOnce() + Send + 'static) {
    OWN.fetch_add(1, Ordering::SeqCst);
    std::thread::spawn(body);
}

/// How many threads of the program there are beside its first. One that was joined may be among
/// them for a moment.
pub(crate) fn others() -> usize {
    let all = std::fs::read_dir("/proc/self/task").map_or(0, Iterator::count);
    all.saturating_sub(1 + OWN.load(Ordering::SeqCst))
}

/// Makes the running thread the worker of the work queue.
pub(crate) fn become_worker() {
    CURRENT.set(WORKER);
}

/// Whether the running thread is the worker of the work queue.
pub(crate) fn is_worker() -> bool {
    current() == Id(WORKER)
}

impl Id {
    /// For the handler of a fatal signal, which can pass on nothing but numbers.
    pub(crate) fn to_raw(self) -> u32 {
        self.0
    }

    /// The reverse of [`Id::to_raw`].
    pub(crate) fn from_raw(raw: u32) -> Self {
        Self(raw)
    }
}

impl std::fmt::Display for Id {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0 {
            UNKNOWN => f.write_str("t?"),
            WORKER => f.write_str("w0"),
            number => write!(f, "t{number}"),
        }
    }
}
