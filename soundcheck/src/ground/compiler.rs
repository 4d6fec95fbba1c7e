//! One call of rustc and what came of it.
//!
//! Owns the command line. It does not know cases: it compiles a source file and
//! reports diagnostics.

use std::process::Command;
use std::time::Duration;

use camino::Utf8Path;

use crate::ground::artifacts::Artifacts;
use crate::ground::crash;
use crate::ground::crash::Crash;
use crate::ground::diagnostic;
use crate::ground::diagnostic::Diagnostic;
use crate::ground::flavor::Flavor;
use crate::ground::process;
use crate::ground::process::Ended;
use crate::ground::process::Limits;
use crate::ground::toolchain;
use crate::ground::toolchain::Toolchain;
use crate::ground::workspace::Workspace;

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
    /// How long one case may take.
    pub time: Duration,
}

/// What to compile and how far.
#[derive(Clone, Copy, Debug)]
pub struct Job<'a> {
    /// The root file.
    pub source: &'a Utf8Path,
    /// How many cases are in it.
    pub cases: usize,
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
    /// All that code generation would ask for, of every function that is not generic.
    Code,
    /// An executable.
    Link,
}

/// What came of a call.
#[derive(Clone, Debug)]
pub struct Compilation {
    /// How the call ended.
    pub status: Status,
    /// The errors; of a compiler that crashed, only what it says about where.
    pub errors: Vec<Diagnostic>,
}

/// How a call ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// Without an error.
    Clean,
    /// With errors about the program.
    Refused,
    /// Without a verdict.
    Crashed(Crash),
}

/// How much rustc leaves out of a long type depends on the length of paths, and
/// with it on the machine.
const IN_FULL: &str = "--diagnostic-width=100000";

/// How long rustc may take for a case, unless somebody says otherwise.
pub const TIME: Duration = Duration::from_secs(60);

/// The edition of every case that names no other.
pub const EDITION: &str = "2021";

/// What each case may add to the time of a batch: a hundred times what it takes.
const A_CASE: Duration = Duration::from_millis(200);

/// The lint that says where a constant takes long to evaluate; `--cap-lints`
/// would silence it.
const ENDLESS: &str = "long_running_const_eval";

/// The backend that makes no code has the same functions collected, which is what
/// evaluates the asserts in them.
const COLLECT: &str = "-Zcodegen-backend=dummy";

impl Job<'_> {
    /// Whether no code is made although it is collected. Of a program, that
    /// backend collects nothing.
    fn is_only_collected(&self) -> bool {
        self.depth == Depth::Code && !self.program
    }
}

impl Compiler<'_> {
    /// Compiles a case or a program.
    pub fn compile(&self, job: Job<'_>) -> anyhow::Result<Compilation> {
        let others = u32::try_from(job.cases.saturating_sub(1)).unwrap_or(u32::MAX);
        let time = self.time.saturating_add(A_CASE.saturating_mul(others));
        self.call(self.command(job), time)
    }

    /// Runs rustc, which must report in JSON, for at most some time.
    pub fn call(&self, command: Command, time: Duration) -> anyhow::Result<Compilation> {
        let exit = process::run(command, &Limits::of(time))?;
        let (mut errors, rest) = diagnostic::parse(&exit.stderr);
        let crash = self.crash(exit.ended, &errors, &rest);
        if crash.is_some() {
            errors.retain(crash::is_internal);
            errors.extend(diagnostic::warnings(&exit.stderr, ENDLESS));
        }
        let root = format!("{}/", self.workspace.root());
        for error in &mut errors {
            error.rendered = error.rendered.replace(&root, "");
        }
        let status = match crash {
            Some(crash) => Status::Crashed(crash),
            None if errors.is_empty() => Status::Clean,
            None => Status::Refused,
        };
        Ok(Compilation { status, errors })
    }

    fn crash(&self, ended: Ended, errors: &[Diagnostic], rest: &str) -> Option<Crash> {
        let lacks_crate = errors.iter().any(lacks_crate);
        let mut crates = self.artifacts.externs.values();
        match crates.find(|file| lacks_crate && !file.is_file()) {
            Some(file) => Some(Crash::Missing(file.clone())),
            None => Crash::of(ended, errors, rest),
        }
    }

    fn command(&self, job: Job<'_>) -> Command {
        let manner = &self.artifacts.manner;
        let mut command = Command::new(&self.toolchain.rustc);
        command
            .current_dir(self.workspace.root())
            .arg(job.source)
            .args(["--crate-name", job.name, "--edition", job.edition])
            .args(["--error-format=json", "--cap-lints=allow"])
            .args(["--force-warn", ENDLESS])
            .arg("--check-cfg=cfg(twin)")
            .args(
                manner
                    .cfgs
                    .iter()
                    .map(|name| format!("--check-cfg=cfg({name})")),
            )
            .args(["--target", &self.toolchain.host])
            .args(["--crate-type", if job.program { "bin" } else { "lib" }])
            .args(self.depth_flags(job.depth))
            .args(job.is_only_collected().then_some(COLLECT))
            .args(self.flavor.flags())
            .args(&manner.flags)
            .arg("--out-dir")
            .arg(job.output)
            // A crash leaves its report in the checkout otherwise.
            .env("RUSTC_ICE", "0")
            .envs(&manner.environment);
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
        let is_unstable = self.flavor.is_unstable() || manner.is_unstable;
        if job.is_only_collected() && !is_unstable {
            // The choice of a backend is unstable; the language must not become so by it.
            command.arg("-Zallow-features=");
        }
        toolchain::bootstrap(&mut command, is_unstable || job.is_only_collected());
        command
    }

    /// Without `link-dead-code`, functions that nobody calls generate no code,
    /// and the asserts in what they call are never evaluated.
    fn depth_flags(&self, depth: Depth) -> &'static [&'static str] {
        match depth {
            Depth::Check => &["--emit=metadata"],
            Depth::Code => &["--emit=obj", "-Clink-dead-code", "-Ccodegen-units=1"],
            Depth::Link if self.artifacts.manner.dead_code => {
                &["--emit=link", "-Clink-dead-code", "-Cdebuginfo=1"]
            }
            Depth::Link => &["--emit=link", "-Cdebuginfo=1"],
        }
    }
}

/// Whether rustc complains that it does not find a crate.
fn lacks_crate(error: &Diagnostic) -> bool {
    error.code.as_deref() == Some("E0463") || error.message.starts_with("extern location for ")
}

/// A source path as the text of a `#[path]` attribute.
pub fn path_literal(path: &Utf8Path) -> String {
    format!("{:?}", path.as_str())
}
