//! A child process within limits of time, output and memory.
//!
//! Owns how compilers and programs are started, watched and ended, with
//! everything that they started themselves. A program that writes for ever
//! costs no more memory than its limit, and one that is ended still leaves what
//! it wrote until then.

mod ended;
mod group;
mod interrupt;
mod limits;
mod spent;
mod streams;

use std::io::Write as _;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::process::Command;
use std::process::Stdio;

use anyhow::Context as _;

use group::Group;
use streams::Streams;

pub use ended::Ended;
pub use interrupt::end_all_on_signals;
pub use interrupt::on_signal;
pub use limits::Limits;
pub use spent::spent;

/// What a process left behind.
#[derive(Clone, Debug)]
pub struct Exit {
    /// How it ended.
    pub ended: Ended,
    /// How many processes outlived it, and had to be ended.
    pub left: usize,
    /// Its standard output.
    pub stdout: String,
    /// Its standard error.
    pub stderr: String,
}

impl Exit {
    /// How it ended, in words.
    pub fn describe(&self) -> String {
        match self.left {
            0 => self.ended.to_string(),
            left => format!("{} and {}", self.ended, ended::left_behind(left)),
        }
    }

    /// Whether it ended by itself and with success.
    pub fn is_success(&self) -> bool {
        self.ended == Ended::Status(0)
    }
}

/// Runs a command to its end or to one of its limits.
///
/// # Errors
///
/// The command cannot be run or watched.
pub fn run(command: Command, limits: &Limits) -> anyhow::Result<Exit> {
    let exit = start(command, Stdio::null(), None, limits)?;
    Ok(exit.0)
}

/// Runs a command that has a channel to the caller in place of its standard
/// input: it can read `greeting` there, and what it writes there is returned.
///
/// The channel is standard input because that descriptor, unlike any other, can
/// be given to one child only while other threads start theirs.
///
/// # Errors
///
/// The command cannot be run or watched.
pub fn converse(
    command: Command,
    greeting: &str,
    limits: &Limits,
) -> anyhow::Result<(Exit, String)> {
    let (mut ours, theirs) = UnixStream::pair().context("cannot make a channel")?;
    // A greeting fits into the buffer of the socket.
    ours.write_all(greeting.as_bytes())
        .context("cannot write to a new channel")?;
    start(command, OwnedFd::from(theirs).into(), Some(ours), limits)
}

fn start(
    mut command: Command,
    stdin: Stdio,
    channel: Option<UnixStream>,
    limits: &Limits,
) -> anyhow::Result<(Exit, String)> {
    command
        .stdin(stdin)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let program = command.get_program().to_owned();
    let what = || format!("cannot run {}", program.display());
    let (group, child) = Group::spawn(&mut command, limits).with_context(what)?;
    // Else the other end of the channel would stay open here.
    drop(command);
    let mut streams = Streams::of(child, channel, limits.output);
    let stopped = streams.watch(&group, limits.time);
    if !matches!(stopped, Ok(None)) {
        group.kill();
    }
    let (ended, left) = group.end(limits).with_context(what)?;
    streams.drain().with_context(what)?;
    // Whoever is ended by us cannot end its children itself.
    let stopped = stopped.with_context(what)?;
    let left = if stopped.is_some() { 0 } else { left };
    let stopped = stopped.or_else(|| streams.excess());
    let [stdout, stderr, said] = streams.texts();
    let exit = Exit {
        ended: stopped.unwrap_or(ended),
        left,
        stdout,
        stderr,
    };
    Ok((exit, said))
}

#[cfg(test)]
mod tests;
