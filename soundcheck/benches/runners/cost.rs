//! What a command costs: CPU of its whole process tree, and wall time.
//!
//! CPU is what the operating system counts for children that were waited for.
//! No runner leaves a process behind, so that is everything.

use std::process::Command;
use std::process::Output;
use std::time::Duration;
use std::time::Instant;

use anyhow::Context as _;
use nix::sys::resource::getrusage;
use nix::sys::resource::UsageWho;
use nix::sys::time::TimeVal;

/// The cost of one run.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cost {
    /// User and system time of all processes.
    pub cpu: Duration,
    /// Time on the clock.
    pub wall: Duration,
}

/// Runs a command to its end. Nothing else may be started meanwhile.
pub fn measure(command: &mut Command) -> anyhow::Result<(Cost, Output)> {
    let before = cpu_of_children()?;
    let started = Instant::now();
    let output = command
        .output()
        .with_context(|| format!("cannot run {}", command.get_program().display()))?;
    let wall = started.elapsed();
    let cpu = cpu_of_children()?.saturating_sub(before);
    Ok((Cost { cpu, wall }, output))
}

fn cpu_of_children() -> anyhow::Result<Duration> {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    Ok(duration(usage.user_time()) + duration(usage.system_time()))
}

fn duration(time: TimeVal) -> Duration {
    let micros = time.tv_sec() * 1_000_000 + time.tv_usec();
    Duration::from_micros(micros.unsigned_abs())
}

/// Several runs of the same thing.
#[derive(Clone, Debug, Default)]
pub struct Samples(Vec<Cost>);

impl Samples {
    /// Adds a run.
    pub fn push(&mut self, cost: Cost) {
        self.0.push(cost);
    }

    /// The CPU time of the run in the middle.
    pub fn cpu(&self) -> Duration {
        median(self.0.iter().map(|cost| cost.cpu).collect())
    }

    /// The least CPU time.
    pub fn least_cpu(&self) -> Duration {
        let times = self.0.iter().map(|cost| cost.cpu);
        times.min().unwrap_or_default()
    }

    /// The wall time of the run in the middle.
    pub fn wall(&self) -> Duration {
        median(self.0.iter().map(|cost| cost.wall).collect())
    }

    /// The least wall time.
    pub fn least_wall(&self) -> Duration {
        let times = self.0.iter().map(|cost| cost.wall);
        times.min().unwrap_or_default()
    }
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    match times.len() {
        0 => Duration::ZERO,
        count if count % 2 == 1 => times[count / 2],
        count => (times[count / 2 - 1] + times[count / 2]) / 2,
    }
}

/// How many times as much one takes as the other.
pub fn ratio(one: Duration, other: Duration) -> f64 {
    one.as_secs_f64() / other.as_secs_f64().max(f64::EPSILON)
}
