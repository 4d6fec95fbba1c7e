//! Programs linked to the stub: one binary, one process a program.
//!
//! Owns the generated binary, and a run with the report about it. What a report
//! must say for a program to pass is decided by its lane.

mod report;

use std::fmt::Write as _;
use std::fs;
use std::process::Command;
use std::time::Duration;

use anyhow::Context as _;
use camino::Utf8Path;
use camino::Utf8PathBuf;

use crate::ground::artifacts::Stub;
use crate::ground::compiler::Compilation;
use crate::ground::compiler::Compiler;
use crate::ground::compiler::Depth;
use crate::ground::compiler::Job;
use crate::ground::compiler::Status;
use crate::ground::compiler::EDITION;
use crate::ground::flavor::Flavor;
use crate::ground::process;
use crate::ground::process::Exit;
use crate::ground::process::Limits;
use crate::judge::batch;
use crate::judge::case::Case;
use crate::judge::subject::Subject;

pub use report::Fault;
pub use report::Moment;
pub use report::NoReport;
pub use report::Report;
pub use report::Violation;

/// A run of a program.
#[derive(Clone, Debug)]
pub struct Run {
    /// What the runner said, unless it died before it could.
    pub report: Result<Report, NoReport>,
    /// How the process ended.
    pub exit: Exit,
}

/// A binary of several programs.
#[derive(Clone, Debug)]
pub struct Binary {
    path: Utf8PathBuf,
    scratch: Utf8PathBuf,
    limits: Limits,
}

/// Links programs into one binary, or tells why that is not possible.
pub fn link(
    compiler: Compiler<'_>,
    programs: &[&Case],
    scratch: &Utf8Path,
    time: Duration,
) -> anyhow::Result<Result<Binary, Compilation>> {
    fs::create_dir_all(scratch)?;
    let source = scratch.join("programs.rs");
    fs::write(&source, root(compiler, programs)?)?;
    let compilation = compiler.compile(Job {
        source: &source,
        cases: programs.len(),
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
    let mut limits = Limits::of(time);
    if compiler.flavor == Flavor::Address {
        // The sanitizer maps a shadow of all addresses.
        limits.memory = None;
    }
    Ok(Ok(Binary {
        path: scratch.join("programs"),
        scratch: scratch.to_owned(),
        limits,
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
        if let Some(nth) = fail {
            command.args(["--fail-nth", &nth.to_string()]);
        }
        command.args(["--report-fd", "0"]);
        let token = report::token()?;
        let (exit, said) = process::converse(command, &token, &self.limits)?;
        let mut report = Report::read(&said, &case.id, &token);
        if let Ok(report) = &mut report {
            report.add_processes(exit.left);
        }
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
            Ok(report) => report.to_string(),
            Err(none) => format!("{none}: the process {}\n", self.exit.describe()),
        };
        if let Some(found) = self.sanitizer() {
            text.push_str(found);
        } else if self.report.is_err() {
            text.push_str(tail(&self.exit.stderr));
        }
        text.trim_end().to_owned()
    }
}

fn tail(text: &str) -> &str {
    let start = text.trim_end().rmatch_indices('\n').nth(9);
    text[start.map_or(0, |(at, _)| at + 1)..].trim_end()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ground::process::Ended;

    fn run(said: &str, stderr: &str) -> Run {
        Run {
            report: Report::read(said, "a", "token"),
            exit: Exit {
                ended: Ended::Signal(6),
                left: 0,
                stdout: String::new(),
                stderr: stderr.to_owned(),
            },
        }
    }

    #[test]
    fn a_process_that_dies_is_described() {
        let described = run("", "Segmentation fault").describe();
        assert_eq!(
            described,
            "no report of its own: the process was killed by signal 6\nSegmentation fault"
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
