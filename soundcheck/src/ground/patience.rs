//! Waiting, and telling people what for.
//!
//! Owns when a wait is worth a line on standard error. On a terminal somebody
//! sits and wonders; in a pipe only what takes long is told.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use crate::ground::stream;

/// How long people wonder before they are told.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    on_terminal: Duration,
    in_pipe: Duration,
}

/// For a turn that somebody else has.
pub const TURN: Patience = Patience {
    on_terminal: Duration::from_secs(1),
    in_pipe: Duration::from_secs(3),
};

/// For work that has to be done.
pub const WORK: Patience = Patience {
    on_terminal: Duration::ZERO,
    in_pipe: Duration::from_secs(60),
};

/// Does something, and says what it is if it takes longer than people wait.
pub fn during<T>(patience: Patience, what: &str, work: impl FnOnce() -> T) -> T {
    let after = match stream::is_watched() {
        true => patience.on_terminal,
        false => patience.in_pipe,
    };
    let (done, end) = mpsc::channel::<()>();
    thread::scope(|scope| {
        scope.spawn(move || {
            if end.recv_timeout(after) == Err(mpsc::RecvTimeoutError::Timeout) {
                stream::tell(what);
            }
        });
        let result = work();
        drop(done);
        result
    })
}
