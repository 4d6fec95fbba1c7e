//! The `main` of a binary full of programs: lists them, or runs one and reports what the oracle saw.
//!
//! The report is one JSON object: the last line on standard output, or with `--report-fd` the only
//! thing on that descriptor. The exit code is 0 when the program did what it should and nothing was
//! misused, 1 otherwise, and 2 for a wrong call.

use std::panic::catch_unwind;
use std::time::{Duration, Instant};

use crate::oracle::{self, Kind};
use crate::report::{finish, Outcome, Run};
use crate::{arena, base, channel, consumer, crash, data, drm, fault, io, printk, srcu};
use crate::{sync, thread, workqueue};

/// A program: its id, and what it does. The error is an `errno` of either sign.
pub type Program = (&'static str, fn() -> Result<(), i32>);

const USAGE: &str = "usage: list | run ID [--fail-nth N] [--fail NAME:N] [--trace] [--report-fd N]";
const TIME_LIMIT_MS: u64 = 10_000;

/// Runs what the command line asks for, and exits.
pub fn main(programs: &[Program]) -> ! {
    match parse(programs) {
        Ok(Command::List) => {
            for (id, _) in programs {
                println!("{id}");
            }
            std::process::exit(0)
        }
        Ok(Command::Run(program, run)) => execute(program, run),
        Err(message) => {
            eprintln!("{message}\n{USAGE}");
            std::process::exit(2)
        }
    }
}

enum Command {
    List,
    Run(fn() -> Result<(), i32>, Run),
}

fn parse(programs: &[Program]) -> Result<Command, String> {
    use lexopt::prelude::{Long, Value, ValueExt};
    let text = |error: lexopt::Error| error.to_string();
    let mut parser = lexopt::Parser::from_env();
    let mut words = Vec::new();
    let mut trace = false;
    while let Some(argument) = parser.next().map_err(text)? {
        match argument {
            Long("trace") => trace = true,
            Long("fail-nth") => {
                let n = parser
                    .value()
                    .and_then(|value| value.parse())
                    .map_err(text)?;
                fault::fail_nth(n);
            }
            Long("fail") => {
                let value = parser
                    .value()
                    .and_then(|value| value.string())
                    .map_err(text)?;
                let (name, n) = value.rsplit_once(':').ok_or("--fail wants NAME:N")?;
                fault::fail_call(name, n.parse().map_err(|_| "--fail wants NAME:N")?);
            }
            Long("report-fd") => {
                let descriptor = parser
                    .value()
                    .and_then(|value| value.parse())
                    .map_err(text)?;
                channel::open(descriptor).map_err(|error| format!("--report-fd: {error}"))?;
            }
            Value(word) => words.push(word.string().map_err(text)?),
            other => return Err(other.unexpected().to_string()),
        }
    }
    match &words[..] {
        [list] if list == "list" => Ok(Command::List),
        [run, id] if run == "run" => {
            let program = programs.iter().find(|(known, _)| known == id);
            let (_, program) = program.ok_or_else(|| format!("there is no program {id}"))?;
            Ok(Command::Run(
                *program,
                Run {
                    id: id.clone(),
                    trace,
                },
            ))
        }
        _ => Err("expected `list` or `run ID`".into()),
    }
}

fn execute(program: fn() -> Result<(), i32>, run: Run) -> ! {
    if run.trace {
        printk::echo();
    }
    crash::watch(run.clone(), time_limit());
    let Ok(result) = catch_unwind(program) else {
        let now = oracle::event("panic");
        let message = crash::panic_message().unwrap_or_else(|| "the program panicked".into());
        oracle::report(Kind::Panic, message, None, now);
        finish(&run, Outcome::Panic, None)
    };
    if has_ended() {
        check_at_end();
    }
    match result {
        Ok(()) => finish(&run, Outcome::Ok, None),
        Err(errno) => finish(&run, Outcome::Error, Some(errno)),
    }
}

/// Whether all threads of the program have ended; reports those that have not. What they hold is
/// no leak yet, and may be touched while it is looked at.
fn has_ended() -> bool {
    let start = Instant::now();
    while thread::others() > 0 {
        if start.elapsed() > sync::patience() {
            let message = format!(
                "threads that the program left running: {}",
                thread::others()
            );
            let now = oracle::event("the program ends");
            oracle::report(Kind::ThreadLeft, message, None, now);
            return false;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    true
}

/// Lets queued work end, then looks for everything that was left behind.
fn check_at_end() {
    workqueue::flush();
    srcu::check_at_end();
    drm::file::check_at_end();
    drm::mmap::check_at_end();
    drm::gem::check_at_end();
    drm::device::check_at_end();
    base::driver::check_at_end();
    base::device::check_at_end();
    data::check_at_end();
    io::check_at_end();
    consumer::check_at_end();
    arena::check_at_end();
}

fn time_limit() -> Duration {
    let millis = std::env::var("HW_STUB_TIMEOUT_MS");
    let millis = millis.ok().and_then(|value| value.parse().ok());
    Duration::from_millis(millis.unwrap_or(TIME_LIMIT_MS))
}
