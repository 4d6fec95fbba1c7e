//! How far a process may go: in time, output and memory.

use std::time::Duration;

/// How far a process may go.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// How long it may run.
    pub time: Duration,
    /// How many bytes it may write to all of its descriptors together.
    pub output: usize,
    /// How many bytes it may have for data: memory that is private and can be
    /// written. Addresses that are only reserved, as the stub does, do not count.
    pub memory: Option<u64>,
    /// Whether it may leave processes in sessions of their own, as cargo does
    /// when a cache of compilations starts its server.
    pub daemons: bool,
}

/// What a compiler or a program may write.
const OUTPUT: usize = 16 << 20;

/// The data of a compiler or a program. A rustc that compiles a batch of 400
/// cases has less than 1 GiB.
const MEMORY: u64 = 8 << 30;

impl Limits {
    /// Building a crate and all below it takes as long as it takes; the limit is there
    /// for code under judgement that is never done.
    pub const BUILD: Self = Self {
        time: Duration::from_secs(30 * 60),
        output: 16 * OUTPUT,
        memory: None,
        daemons: true,
    };

    /// The limits of a compiler or a program that may run for some time.
    pub const fn of(time: Duration) -> Self {
        Self {
            time,
            output: OUTPUT,
            memory: Some(MEMORY),
            daemons: false,
        }
    }
}
