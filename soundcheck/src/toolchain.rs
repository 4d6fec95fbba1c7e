//! The compiler of the workspace, and the crates that every case is built on.
//!
//! Owns the one call of cargo for each flavor of the build. rustc is resolved
//! once, because the rustup proxy costs some milliseconds a call.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::process::Command;
use std::process::Stdio;

use anyhow::bail;
use anyhow::Context as _;
use camino::Utf8Path;
use camino::Utf8PathBuf;
use serde::Deserialize;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Raw;
use crate::workspace::Workspace;

/// The resolved compiler.
#[derive(Clone, Debug)]
pub struct Toolchain {
    /// The real rustc, not a proxy.
    pub rustc: Utf8PathBuf,
    /// The first line of `rustc -vV`.
    pub version: String,
    /// The target triple of the machine.
    pub host: String,
}

/// A way to build the API and everything on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Flavor {
    /// Without optimisation.
    Debug,
    /// With optimisation.
    Release,
    /// With the order of fields randomised.
    Randomized,
    /// With AddressSanitizer.
    Address,
}

impl Flavor {
    /// The name in ids and of the directory.
    pub fn name(self) -> &'static str {
        match self {
            Flavor::Debug => "debug",
            Flavor::Release => "release",
            Flavor::Randomized => "randomized",
            Flavor::Address => "address",
        }
    }

    /// The flags of rustc, for the crates below and for the cases alike.
    pub fn flags(self) -> &'static [&'static str] {
        match self {
            Flavor::Debug => &[],
            Flavor::Release => &["-O"],
            Flavor::Randomized => &["-Zrandomize-layout"],
            Flavor::Address => &["-Zsanitizer=address", "--cfg", "asan"],
        }
    }

    /// Whether the flags are unstable.
    pub fn is_unstable(self) -> bool {
        matches!(self, Flavor::Randomized | Flavor::Address)
    }
}

/// The crates that cases link, by name.
#[derive(Clone, Debug, Default)]
pub struct Artifacts {
    /// Paths of rlibs by crate name.
    pub externs: BTreeMap<String, Utf8PathBuf>,
    /// The directories of all dependencies: those of the target, and those of
    /// procedural macros.
    pub dependencies: BTreeSet<Utf8PathBuf>,
}

/// Why there are no artifacts.
#[derive(Debug)]
pub enum BuildError {
    /// The crates do not compile.
    Refused(Vec<Diagnostic>),
    /// Cargo itself failed.
    Failed(anyhow::Error),
}

impl Toolchain {
    /// Finds the compiler that the workspace pins.
    pub fn resolve(workspace: &Workspace) -> anyhow::Result<Self> {
        let proxy = std::env::var("RUSTC").unwrap_or_else(|_| "rustc".to_owned());
        let sysroot = output(workspace, &proxy, &["--print", "sysroot"])?;
        let real = Utf8PathBuf::from(sysroot.trim()).join("bin/rustc");
        let rustc = if real.is_file() { real } else { proxy.into() };
        let verbose = output(workspace, rustc.as_str(), &["-vV"])?;
        let host = verbose
            .lines()
            .find_map(|line| line.strip_prefix("host: "))
            .context("rustc -vV names no host")?;
        Ok(Self {
            host: host.to_owned(),
            version: verbose.lines().next().unwrap_or_default().to_owned(),
            rustc,
        })
    }

    /// Builds the API and the probe driver in a flavor, and the stub if wanted.
    pub fn build(
        &self,
        workspace: &Workspace,
        flavor: Flavor,
        stub: bool,
    ) -> Result<Artifacts, BuildError> {
        let mut cargo = self.cargo(workspace, flavor);
        if stub {
            cargo.args(["-p", "hw-stub"]);
        }
        let output = cargo
            .output()
            .context("cannot run cargo")
            .map_err(BuildError::Failed)?;
        let stdout = String::from_utf8_lossy(&output.stdout);
        let (artifacts, errors) = read_messages(&stdout);
        if output.status.success() {
            return Ok(artifacts);
        }
        if errors.is_empty() {
            let stderr = String::from_utf8_lossy(&output.stderr);
            let what = anyhow::anyhow!("cargo build failed: {}", stderr.trim());
            return Err(BuildError::Failed(what));
        }
        Err(BuildError::Refused(errors))
    }

    fn cargo(&self, workspace: &Workspace, flavor: Flavor) -> Command {
        let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
        let mut command = Command::new(cargo);
        command
            .current_dir(workspace.root())
            .args(["build", "--quiet", "--message-format=json", "--lib"])
            .args(["-p", "drm-api", "-p", "driver"])
            .args(["--target", &self.host])
            .arg("--target-dir")
            .arg(workspace.target().join(directory(flavor)))
            .env("RUSTC", &self.rustc)
            .env_remove("CARGO_ENCODED_RUSTFLAGS")
            .env_remove("CARGO_BUILD_TARGET")
            .env("RUSTFLAGS", rustflags(flavor))
            .stdin(Stdio::null());
        if flavor == Flavor::Release {
            command.arg("--release");
        }
        bootstrap(&mut command, flavor);
        command
    }
}

/// Lets a stable compiler take the unstable flags of a flavor, and no others.
pub fn bootstrap(command: &mut Command, flavor: Flavor) {
    if flavor.is_unstable() {
        command.env("RUSTC_BOOTSTRAP", "1");
    } else {
        command.env_remove("RUSTC_BOOTSTRAP");
    }
}

/// The profile chooses between debug and release, so they share a directory.
fn directory(flavor: Flavor) -> &'static str {
    match flavor {
        Flavor::Debug | Flavor::Release => "stable",
        other => other.name(),
    }
}

fn rustflags(flavor: Flavor) -> String {
    match flavor {
        Flavor::Debug | Flavor::Release => String::new(),
        other => other.flags().join(" "),
    }
}

fn output(workspace: &Workspace, program: &str, arguments: &[&str]) -> anyhow::Result<String> {
    let output = Command::new(program)
        .args(arguments)
        .current_dir(workspace.root())
        .output()
        .with_context(|| format!("cannot run {program}"))?;
    if !output.status.success() {
        let stderr = String::from_utf8_lossy(&output.stderr);
        bail!(
            "{program} {} failed: {}",
            arguments.join(" "),
            stderr.trim()
        );
    }
    Ok(String::from_utf8(output.stdout)?)
}

#[derive(Deserialize)]
#[serde(tag = "reason")]
enum Message {
    #[serde(rename = "compiler-artifact")]
    Artifact {
        target: Target,
        filenames: Vec<Utf8PathBuf>,
    },
    #[serde(rename = "compiler-message")]
    Diagnostic { message: Raw },
    #[serde(other)]
    Other,
}

#[derive(Deserialize)]
struct Target {
    name: String,
}

fn read_messages(stdout: &str) -> (Artifacts, Vec<Diagnostic>) {
    let mut artifacts = Artifacts::default();
    let mut errors = Vec::new();
    for line in stdout.lines() {
        match serde_json::from_str(line) {
            Ok(Message::Artifact { target, filenames }) => {
                artifacts.add(&target.name, filenames);
            }
            Ok(Message::Diagnostic { message }) => message.add_to(&mut errors),
            Ok(Message::Other) | Err(_) => {}
        }
    }
    (artifacts, errors)
}

impl Artifacts {
    fn add(&mut self, name: &str, files: Vec<Utf8PathBuf>) {
        for file in files {
            if !matches!(file.extension(), Some("rlib" | "so" | "dylib")) {
                continue;
            }
            self.dependencies.extend(dependency_directory(&file));
            if CRATES.contains(&name) && file.extension() == Some("rlib") {
                self.externs.insert(name.to_owned(), file);
            }
        }
    }
}

/// The artifacts of workspace members lie beside `deps`, hard-linked.
fn dependency_directory(artifact: &Utf8Path) -> Option<Utf8PathBuf> {
    let parent = artifact.parent()?;
    Some(match parent.file_name() {
        Some("deps") => parent.to_owned(),
        _ => parent.join("deps"),
    })
}

/// The crates that a case may name.
const CRATES: &[&str] = &["bindings", "driver", "hw_stub", "kernel", "pinned_init"];
