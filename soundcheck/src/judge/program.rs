//! Programs linked to the stub: one binary, one process a program.
//!
//! Owns the generated binary and the reading of what the stub's runner prints.
//! What a program must print to pass is decided by its lane.

use std::fmt::Write as _;
use std::fs;
use std::process::Command;
use std::time::Duration;

use camino::Utf8Path;
use camino::Utf8PathBuf;
use serde::Deserialize;

use crate::ground::compiler::Compilation;
use crate::ground::compiler::Compiler;
use crate::ground::compiler::Depth;
use crate::ground::compiler::Job;
use crate::ground::compiler::Status;
use crate::ground::compiler::EDITION;
use crate::ground::process;
use crate::ground::process::Exit;
use crate::judge::batch;
use crate::judge::case::Case;
use anyhow::Context as _;

use crate::ground::artifacts::Stub;
use crate::ground::flavor::Flavor;
use crate::judge::subject::Subject;

/// What the runner prints about a program in its last line.
#[derive(Clone, Debug, Deserialize)]
pub struct Report {
    /// The id of the program.
    pub id: String,
    /// `ok`, `error`, `panic` or `timeout`.
    pub outcome: String,
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

/// A call that was made to fail.
#[derive(Clone, Debug, Deserialize)]
pub struct Fault {
    /// The name of the C function.
    pub call: String,
    /// Which of the fallible calls it was.
    #[serde(default)]
    pub nth: u64,
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

/// A run of a program.
#[derive(Clone, Debug)]
pub struct Run {
    /// What the runner said, unless it died before it could.
    pub report: Option<Report>,
    /// How the process ended.
    pub exit: Exit,
}

/// A binary of several programs.
#[derive(Clone, Debug)]
pub struct Binary {
    path: Utf8PathBuf,
    scratch: Utf8PathBuf,
    limit: Duration,
}

/// Links programs into one binary, or tells why that is not possible.
pub fn link(
    compiler: Compiler<'_>,
    programs: &[&Case],
    scratch: &Utf8Path,
    limit: Duration,
) -> anyhow::Result<Result<Binary, Compilation>> {
    fs::create_dir_all(scratch)?;
    let source = scratch.join("programs.rs");
    fs::write(&source, root(compiler, programs)?)?;
    let compilation = compiler.compile(Job {
        source: &source,
        output: scratch,
        name: "programs",
        depth: Depth::Link,
        program: true,
        twin: false,
        edition: EDITION,
    })?;
    if compilation.status != Status::Clean {
        return Ok(Err(compilation));
    }
    Ok(Ok(Binary {
        path: scratch.join("programs"),
        scratch: scratch.to_owned(),
        limit,
    }))
}

fn root(compiler: Compiler<'_>, programs: &[&Case]) -> anyhow::Result<String> {
    let manner = &compiler.artifacts.manner;
    let stub = manner.stub.as_ref();
    let Stub { runner, errno, .. } = stub.context("there is no stub to run programs on")?;
    let mut root = batch::root(manner, programs.iter().copied().enumerate());
    root.push_str(&format!("fn main() {{\n    {runner}(&[\n"));
    for (index, case) in programs.iter().enumerate() {
        let module = batch::module_name(index, case);
        let id = &case.id;
        let line = format!("({id:?}, || {module}::main().map_err({errno})),");
        let written = writeln!(root, "        {line}");
        debug_assert!(written.is_ok(), "writing to a String cannot fail");
    }
    root.push_str("    ]);\n}\n");
    Ok(root)
}

impl Binary {
    /// Runs a program, with its n-th fallible call failing if `fail` is given.
    pub fn run(&self, case: &Case, fail: Option<u64>) -> anyhow::Result<Run> {
        let mut command = Command::new(&self.path);
        command
            .args(["run", &case.id])
            .current_dir(&self.scratch)
            .env("ASAN_OPTIONS", "detect_leaks=0:exitcode=99")
            .env("RUST_BACKTRACE", "0");
        let mut name = case.id.replace('/', "-");
        if let Some(nth) = fail {
            command.args(["--fail-nth", &nth.to_string()]);
            name.push_str(&format!("-{nth}"));
        }
        let files = self.scratch.join(format!("{name}.out"));
        let exit = process::run(command, &files, self.limit)?;
        let report = exit.stdout.lines().last();
        let report = report.and_then(|line| serde_json::from_str(line).ok());
        Ok(Run { report, exit })
    }
}

/// The command that repeats a run by hand.
pub fn rerun(subject: &Subject, case: &Case, lane: &str, flavor: Flavor) -> String {
    let sanitize = match flavor {
        Flavor::Address => " --sanitize address",
        _ => "",
    };
    let (options, id) = (&subject.options, &case.id);
    format!("cargo soundcheck check{options} --lane {lane}{sanitize} --verbose {id}")
}

impl Run {
    /// What AddressSanitizer found, in its own words.
    pub fn sanitizer(&self) -> Option<&str> {
        let stderr = &self.exit.stderr;
        let start = stderr.find("ERROR: AddressSanitizer")?;
        let end = stderr[start..].find("\nSUMMARY: ").map(|end| start + end);
        Some(stderr[start..end.unwrap_or(stderr.len())].trim_end())
    }

    /// The violations, or how the process died without saying any.
    pub fn describe(&self) -> String {
        let mut text = match &self.report {
            Some(report) => report.describe(),
            None => format!("no report: the process {}\n", self.exit.describe()),
        };
        if let Some(found) = self.sanitizer() {
            text.push_str(found);
        } else if self.report.is_none() {
            text.push_str(tail(&self.exit.stderr));
        }
        text.trim_end().to_owned()
    }
}

fn tail(text: &str) -> &str {
    let start = text.trim_end().rmatch_indices('\n').nth(9);
    text[start.map_or(0, |(at, _)| at + 1)..].trim_end()
}

impl Report {
    fn describe(&self) -> String {
        let mut text = format!("outcome {}", self.outcome);
        if let Some(errno) = self.errno {
            text.push_str(&format!(" (errno {errno})"));
        }
        if let Some(fault) = &self.fault {
            text.push_str(&format!(", after {} was made to fail", fault.call));
        }
        text.push('\n');
        for violation in &self.violations {
            text.push_str(&format!(
                "violation {}: {}\n",
                violation.name, violation.message
            ));
            for moment in violation.first.iter().chain(&violation.second) {
                let Moment {
                    seq,
                    thread,
                    text: what,
                } = moment;
                text.push_str(&format!("  #{seq} {thread} {what}\n"));
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(stdout: &str, stderr: &str) -> Run {
        let report = stdout.lines().last();
        Run {
            report: report.and_then(|line| serde_json::from_str(line).ok()),
            exit: Exit {
                code: None,
                timed_out: false,
                stdout: stdout.to_owned(),
                stderr: stderr.to_owned(),
            },
        }
    }

    #[test]
    fn the_last_line_is_the_report() {
        let line = r#"{"id":"a","outcome":"ok","errno":null,"fallible_calls":3,"fault":null,"violations":[{"name":"memory-leak","message":"m","first":{"seq":1,"thread":"t0","text":"alloc"},"second":null}]}"#;
        let run = run(&format!("hello\n{line}\n"), "");
        let report = run.report.as_ref().expect("the last line is JSON");
        assert_eq!(report.fallible_calls, 3);
        assert_eq!(
            run.describe(),
            "outcome ok\nviolation memory-leak: m\n  #1 t0 alloc"
        );
    }

    #[test]
    fn a_process_that_dies_is_described() {
        let described = run("half a li", "Segmentation fault").describe();
        assert_eq!(
            described,
            "no report: the process was killed by a signal\nSegmentation fault"
        );
    }

    #[test]
    fn the_sanitizer_is_quoted() {
        let stderr = "==1==ERROR: AddressSanitizer: heap-use-after-free on x\n#0\nSUMMARY: y\n";
        let run = run("", stderr);
        assert_eq!(
            run.sanitizer(),
            Some("ERROR: AddressSanitizer: heap-use-after-free on x\n#0")
        );
    }
}
