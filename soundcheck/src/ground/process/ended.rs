//! How a process ended.

use std::fmt;
use std::time::Duration;

/// How a process ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// By itself, with a status.
    Status(i32),
    /// By a signal that was not ours.
    Signal(i32),
    /// By us, because its time was over.
    TimedOut(Duration),
    /// By us, because it wrote more than so many bytes.
    TooMuchOutput(usize),
}

impl fmt::Display for Ended {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Ended::Status(status) => write!(f, "ended with status {status}"),
            Ended::Signal(signal) => write!(f, "was killed by signal {signal}"),
            Ended::TimedOut(limit) => write!(f, "was ended after {} s", limit.as_secs_f32()),
            Ended::TooMuchOutput(limit) => {
                write!(f, "printed more than {} MiB and was ended", limit >> 20)
            }
        }
    }
}

/// That processes outlived the one that started them.
pub(super) fn left_behind(left: usize) -> String {
    match left {
        1 => "left 1 process behind".to_owned(),
        _ => format!("left {left} processes behind"),
    }
}
