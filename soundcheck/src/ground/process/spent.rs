//! The processor time that a thread has spent on processes.
//!
//! Owns the reading of what a process, and all that it has waited for, has
//! used. It is read between the end of the process and the moment in which it
//! is forgotten.

use std::cell::Cell;
use std::fs;
use std::time::Duration;

use rustix::process::Pid;

thread_local! {
    static SPENT: Cell<Duration> = const { Cell::new(Duration::ZERO) };
}

/// The processor time of all processes that this thread has waited for.
pub fn spent() -> Duration {
    SPENT.get()
}

/// Adds what a process has used that has ended and was not waited for yet.
pub(super) fn add(process: Pid) {
    let path = format!("/proc/{}/stat", process.as_raw_pid());
    let used = fs::read_to_string(path).ok().and_then(|text| used(&text));
    SPENT.set(SPENT.get() + used.unwrap_or_default());
}

/// The times in such a file: of the process in both modes, and of its children.
fn used(stat: &str) -> Option<Duration> {
    // The name before it may contain anything.
    let (_, numbers) = stat.rsplit_once(')')?;
    let times = numbers.split_whitespace().skip(BEFORE).take(4);
    let ticks: u64 = times.filter_map(|time| time.parse::<u64>().ok()).sum();
    let second = rustix::param::clock_ticks_per_second();
    Some(Duration::from_millis(ticks * 1000 / second.max(1)))
}

/// So many fields stand between the name and the times.
const BEFORE: usize = 11;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_and_its_children_are_added_up() {
        let stat = "7 (a) b) Z 1 7 7 0 -1 4 0 0 0 0 100 20 3 4 20 0 1 0 9";
        let second = rustix::param::clock_ticks_per_second();
        let expected = Duration::from_millis(127 * 1000 / second);
        assert_eq!(used(stat), Some(expected));
        assert_eq!(used("nothing"), None);
    }
}
