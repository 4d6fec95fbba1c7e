//! One call of rustc and what came of it.
//!
//! Owns the command line. It does not know cases: it compiles a source file and
//! reports diagnostics.

use std::process::Command;
use std::process::ExitStatus;
use std::process::Stdio;

use anyhow::Context as _;
use camino::Utf8Path;

use crate::diagnostic;
use crate::diagnostic::Diagnostic;
use crate::toolchain;
use crate::toolchain::Artifacts;
use crate::toolchain::Flavor;
use crate::toolchain::Toolchain;
use crate::workspace::Workspace;

/// A compiler with its crates at hand.
#[derive(Clone, Copy, Debug)]
pub struct Compiler<'a> {
    /// The workspace, whose root is the working directory.
    pub workspace: &'a Workspace,
    /// The resolved rustc.
    pub toolchain: &'a Toolchain,
    /// The crates to link.
    pub artifacts: &'a Artifacts,
    /// The flags that the crates were built with.
    pub flavor: Flavor,
    /// Whether long types are printed in full, which is not what people read.
    pub in_full: bool,
    /// Whether functions that nobody calls are linked too.
    pub dead_code: bool,
}

/// What to compile and how far.
#[derive(Clone, Copy, Debug)]
pub struct Job<'a> {
    /// The root file.
    pub source: &'a Utf8Path,
    /// The directory for output.
    pub output: &'a Utf8Path,
    /// The name of the crate, which also names the output.
    pub name: &'a str,
    /// How far the compiler goes.
    pub depth: Depth,
    /// Whether the file is a program or a collection of modules.
    pub program: bool,
    /// Whether twins are compiled instead of cases.
    pub twin: bool,
    /// The edition.
    pub edition: &'a str,
}

/// How far the compiler goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// Type check, borrow check, constants of items.
    Check,
    /// Code generation of every function that is not generic.
    Code,
    /// An executable.
    Link,
}

/// What came of a call.
#[derive(Clone, Debug)]
pub struct Compilation {
    /// How the call ended.
    pub status: Status,
    /// The errors.
    pub errors: Vec<Diagnostic>,
}

/// How a call ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// Without an error.
    Clean,
    /// With errors about the program.
    Refused,
    /// Without a verdict: the compiler itself failed.
    Crashed(String),
}

/// How much rustc leaves out of a long type depends on the length of paths, and
/// with it on the machine.
const IN_FULL: &str = "--diagnostic-width=100000";

/// The edition of the kernel, and of every case that names no other.
pub const EDITION: &str = "2021";

impl Compiler<'_> {
    /// Compiles a case or a program.
    pub fn compile(&self, job: Job<'_>) -> anyhow::Result<Compilation> {
        self.call(self.command(job))
    }

    /// Runs rustc, which must report in JSON.
    pub fn call(&self, mut command: Command) -> anyhow::Result<Compilation> {
        let output = command
            .output()
            .with_context(|| format!("cannot run {}", self.toolchain.rustc))?;
        let stderr = String::from_utf8_lossy(&output.stderr);
        let (mut errors, rest) = diagnostic::parse(&stderr);
        let root = format!("{}/", self.workspace.root());
        for error in &mut errors {
            error.rendered = error.rendered.replace(&root, "");
        }
        let status = status(output.status, &errors, &rest);
        Ok(Compilation { status, errors })
    }

    fn command(&self, job: Job<'_>) -> Command {
        let mut command = Command::new(&self.toolchain.rustc);
        command
            .current_dir(self.workspace.root())
            .arg(job.source)
            .args(["--crate-name", job.name, "--edition", job.edition])
            .args(["--error-format=json", "--cap-lints=allow"])
            .args(["--check-cfg=cfg(twin)", "--check-cfg=cfg(asan)"])
            .arg("--check-cfg=cfg(kernel_tree)")
            .args(["--target", &self.toolchain.host])
            .args(["--crate-type", if job.program { "bin" } else { "lib" }])
            .args(self.depth_flags(job.depth))
            .args(self.flavor.flags())
            .args(&self.artifacts.options)
            .arg("--out-dir")
            .arg(job.output)
            // A crash leaves its report in the checkout otherwise.
            .env("RUSTC_ICE", "0")
            // The kernel's build names the module of a driver.
            .env("RUST_MODFILE", job.name)
            .stdin(Stdio::null());
        for (name, path) in &self.artifacts.externs {
            command.arg("--extern").arg(format!("{name}={path}"));
        }
        for directory in &self.artifacts.dependencies {
            command.arg("-L").arg(format!("dependency={directory}"));
        }
        if self.in_full {
            command.arg(IN_FULL);
        }
        if job.twin {
            command.args(["--cfg", "twin"]);
        }
        let is_unstable = self.flavor.is_unstable() || self.artifacts.are_of_kernel();
        toolchain::bootstrap(&mut command, is_unstable);
        command
    }

    /// Without `link-dead-code`, functions that nobody calls generate no code,
    /// and the asserts in what they call are never evaluated.
    fn depth_flags(&self, depth: Depth) -> &'static [&'static str] {
        match depth {
            Depth::Check => &["--emit=metadata"],
            Depth::Code => &["--emit=obj", "-Clink-dead-code"],
            Depth::Link if self.dead_code => &["--emit=link", "-Clink-dead-code", "-Cdebuginfo=1"],
            Depth::Link => &["--emit=link", "-Cdebuginfo=1"],
        }
    }
}

fn status(exit: ExitStatus, errors: &[Diagnostic], rest: &str) -> Status {
    let is_internal = |error: &Diagnostic| error.message.contains("internal compiler error");
    match exit.code() {
        Some(0) if errors.is_empty() => Status::Clean,
        Some(1) if !errors.is_empty() && !errors.iter().any(is_internal) => Status::Refused,
        code => {
            let code = code.map_or("a signal".to_owned(), |code| format!("status {code}"));
            let last = rest.trim().lines().last().unwrap_or("no message");
            Status::Crashed(format!("rustc ended with {code}: {last}"))
        }
    }
}

/// A source path as the text of a `#[path]` attribute.
pub fn path_literal(path: &Utf8Path) -> String {
    format!("{:?}", path.as_str())
}
