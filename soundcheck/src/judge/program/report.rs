//! What the stub's runner says about a program, over a channel of its own.
//!
//! Owns the rules under which a report is believed: it is the one thing that
//! was said there, it is about the program that was asked for, and it has the
//! token that only the runner was told. The token is for accidents and simple
//! forgeries: a program shares the memory of its runner, and one that wants to
//! can read it there.

use std::fmt;

use serde::Deserialize;

/// What the runner says about a program.
#[derive(Clone, Debug, Deserialize)]
pub struct Report {
    /// The id of the program.
    pub id: String,
    /// What the runner was told and the program was not.
    #[serde(default)]
    token: String,
    /// How it ended.
    pub outcome: End,
    /// The error, if the program returned one.
    #[serde(default)]
    pub errno: Option<i64>,
    /// How many calls could have been made to fail.
    #[serde(default)]
    pub fallible_calls: u64,
    /// The call that was made to fail.
    #[serde(default)]
    pub fault: Option<Fault>,
    /// What was done wrong.
    #[serde(default)]
    pub violations: Vec<Violation>,
}

/// How a program ended, as its runner saw it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum End {
    /// It returned without an error.
    Ok,
    /// It returned an error.
    Error,
    /// It panicked.
    Panic,
    /// It did not end in time.
    Timeout,
}

impl fmt::Display for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            End::Ok => "ok",
            End::Error => "error",
            End::Panic => "panic",
            End::Timeout => "timeout",
        })
    }
}

/// A call that was made to fail.
#[derive(Clone, Debug, Deserialize)]
pub struct Fault {
    /// The name of the C function.
    pub call: String,
}

/// Something that a program did wrong.
#[derive(Clone, Debug, Deserialize)]
pub struct Violation {
    /// The stable name.
    pub name: String,
    /// What happened.
    #[serde(default)]
    pub message: String,
    /// The first of the two events that conflict.
    #[serde(default)]
    pub first: Option<Moment>,
    /// The second of them.
    #[serde(default)]
    pub second: Option<Moment>,
}

/// An event in the trace of a program.
#[derive(Clone, Debug, Deserialize)]
pub struct Moment {
    /// Its number.
    pub seq: u64,
    /// Its thread.
    pub thread: String,
    /// Its text.
    pub text: String,
}

/// Why a run has no report of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoReport {
    /// Nothing was said.
    Nothing,
    /// What was said is not one report, or comes from somebody else than the
    /// runner.
    Forged,
    /// The report is about another program.
    OtherProgram(String),
}

/// A word that no program knows.
pub(super) fn token() -> anyhow::Result<String> {
    let mut bytes = [0; 16];
    rustix::rand::getrandom(&mut bytes, rustix::rand::GetRandomFlags::empty())?;
    Ok(format!("{:032x}\n", u128::from_ne_bytes(bytes)))
}

/// The violation of a program that leaves processes behind, which nobody but
/// the tool sees.
const PROCESSES_LEFT: &str = "processes-left";

impl Report {
    /// The report about a program from what was said over its channel.
    pub fn read(said: &str, id: &str, token: &str) -> Result<Self, NoReport> {
        if said.trim().is_empty() {
            return Err(NoReport::Nothing);
        }
        let report: Self = serde_json::from_str(said).map_err(|_| NoReport::Forged)?;
        if report.token != token.trim_end() {
            return Err(NoReport::Forged);
        }
        match report.id == id {
            true => Ok(report),
            false => Err(NoReport::OtherProgram(report.id)),
        }
    }

    /// Adds to the violations that processes outlived the program, if any did.
    pub(super) fn add_processes(&mut self, left: usize) {
        let message = match left {
            0 => return,
            1 => "left 1 process behind".to_owned(),
            _ => format!("left {left} processes behind"),
        };
        self.violations.push(Violation {
            name: PROCESSES_LEFT.to_owned(),
            message,
            first: None,
            second: None,
        });
    }
}

impl fmt::Display for NoReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NoReport::Nothing => f.write_str("no report of its own"),
            NoReport::Forged => {
                f.write_str("no report of its own, but something else in its place")
            }
            NoReport::OtherProgram(id) => write!(f, "no report of its own, but one about {id}"),
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "outcome {}", self.outcome)?;
        if let Some(errno) = self.errno {
            write!(f, " (errno {errno})")?;
        }
        if let Some(fault) = &self.fault {
            write!(f, ", after {} was made to fail", fault.call)?;
        }
        writeln!(f)?;
        for violation in &self.violations {
            writeln!(f, "violation {}: {}", violation.name, violation.message)?;
            for moment in violation.first.iter().chain(&violation.second) {
                writeln!(f, "  #{} {} {}", moment.seq, moment.thread, moment.text)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = r#"{"id":"a","token":"t","outcome":"ok","errno":null,"fallible_calls":3,"fault":null,"violations":[{"name":"memory-leak","message":"m","first":{"seq":1,"thread":"t0","text":"alloc"},"second":null}]}"#;

    #[test]
    fn one_report_is_read() {
        let report = Report::read(&format!("{LINE}\n"), "a", "t\n").expect("it is a report");
        assert_eq!(report.fallible_calls, 3);
        assert_eq!(
            report.to_string(),
            "outcome ok\nviolation memory-leak: m\n  #1 t0 alloc\n"
        );
    }

    #[test]
    fn anything_else_is_no_report() {
        let read = |said: &str| Report::read(said, "a", "t").err();
        assert_eq!(read(""), Some(NoReport::Nothing));
        assert_eq!(read("half a li"), Some(NoReport::Forged));
        assert_eq!(read(&format!("{LINE}\n{LINE}\n")), Some(NoReport::Forged));
        assert_eq!(
            read(&LINE.replace("\"t\"", "\"u\"")),
            Some(NoReport::Forged)
        );
        assert_eq!(read(r#"{"id":"a","outcome":"ok"}"#), Some(NoReport::Forged));
        let other = LINE.replace("\"a\"", "\"b\"");
        assert_eq!(read(&other), Some(NoReport::OtherProgram("b".to_owned())));
    }

    #[test]
    fn processes_that_were_left_are_a_violation() {
        let mut report = Report::read(LINE, "a", "t").expect("it is a report");
        report.violations.clear();
        report.add_processes(0);
        assert!(report.violations.is_empty());
        report.add_processes(2);
        assert_eq!(
            report.to_string(),
            "outcome ok\nviolation processes-left: left 2 processes behind\n"
        );
    }
}
