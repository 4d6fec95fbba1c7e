//! The compiler of the workspace, and the crates that every case is built on.
//!
//! Owns the one call of cargo for each flavor of the build. Which rustc it is
//! was found in `rustc`.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::process::Command;

use camino::Utf8Path;
use camino::Utf8PathBuf;
use serde::Deserialize;
use serde::Serialize;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Raw;
use crate::process;
use crate::process::Ended;
use crate::process::Limits;
use crate::record;
use crate::record::Question;
use crate::record::Stamp;
use crate::rustc;
use crate::rustc::Rustc;
use crate::store::Key;
use crate::workspace::Workspace;

/// The resolved compiler.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Toolchain {
    /// The real rustc, not a proxy.
    pub rustc: Utf8PathBuf,
    /// The first line of `rustc -vV`.
    pub version: String,
    /// Everything that `rustc -vV` says.
    pub verbose: String,
    /// The release, with the day of a nightly: names its snapshots.
    pub label: String,
    /// The directory of its builds, below those of the pinned compiler; empty
    /// for that one.
    pub directory: String,
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

    /// The flavor of the stub's own dependencies, whose layout nobody looks at.
    pub fn of_stub(self) -> Self {
        match self {
            Flavor::Address => Flavor::Address,
            _ => Flavor::Debug,
        }
    }

    /// Whether the flags are unstable.
    pub fn is_unstable(self) -> bool {
        matches!(self, Flavor::Randomized | Flavor::Address)
    }
}

/// The crates that cases link, by name.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Artifacts {
    /// Paths of rlibs by crate name.
    pub externs: BTreeMap<String, Utf8PathBuf>,
    /// The directories of all dependencies: those of the target, and those of
    /// procedural macros.
    pub dependencies: BTreeSet<Utf8PathBuf>,
    /// The libraries that the stub is built on, by crate name.
    pub libraries: BTreeMap<String, Utf8PathBuf>,
    /// Flags of rustc beside those of the flavor; where there are any, unstable
    /// ones are among them.
    #[serde(default)]
    pub options: Vec<String>,
    /// Every file that a case may come to depend on.
    files: BTreeSet<Utf8PathBuf>,
    /// How those files looked when they were hashed.
    stamps: Vec<Stamp>,
    /// The folders of the packages in the workspace.
    packages: BTreeSet<Utf8PathBuf>,
    /// The hash of all files but the stub.
    pub digest: Key,
    /// The hash of the stub; of nothing if it was not built.
    pub stub: Key,
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
        let path = workspace.target().join("cache/toolchain");
        let question = which(workspace);
        if let Some(known) = record::load(&path, |_: &Self| question) {
            return Ok(known);
        }
        let found = Self::new(rustc::find(workspace.root(), None)?, false)?;
        record::save(&path, question, &found, &[&found.rustc]);
        Ok(found)
    }

    /// Finds the compiler with a name of rustup or a path, or the pinned one.
    pub fn select(workspace: &Workspace, wanted: Option<&str>) -> anyhow::Result<Self> {
        match wanted {
            None => Self::resolve(workspace),
            Some(_) => Self::new(rustc::find(workspace.root(), wanted)?, true),
        }
    }

    fn new(rustc: Rustc, has_own_directory: bool) -> anyhow::Result<Self> {
        let label = rustc.label()?;
        let directory = if has_own_directory {
            label.as_str()
        } else {
            ""
        };
        Ok(Self {
            host: rustc.host()?.to_owned(),
            version: rustc.version().to_owned(),
            directory: directory.to_owned(),
            label,
            rustc: rustc.path,
            verbose: rustc.verbose,
        })
    }

    /// Builds the API and the probe driver in a flavor, and the stub if wanted.
    /// Cargo is not called if nothing has changed since it was.
    pub fn build(
        &self,
        workspace: &Workspace,
        flavor: Flavor,
        stub: bool,
    ) -> Result<Artifacts, BuildError> {
        let with = if stub { "" } else { "-without-stub" };
        let name = format!("cache/build-{}{with}", flavor.name());
        let path = self.builds(workspace).join(name);
        let ask = |built: &Artifacts| self.inputs(workspace, flavor, built);
        if let Some(built) = record::load(&path, ask) {
            return Ok(built);
        }
        let last: Option<Artifacts> = record::last(&path);
        let before = last.as_ref().map(ask);
        let built = self.call_cargo(workspace, flavor, stub)?;
        // Nobody knows which of two texts cargo saw of a file that changed.
        if last.as_ref().map(ask) == before {
            let files: Vec<&Utf8Path> = built.files.iter().map(|file| file.as_path()).collect();
            record::save(&path, ask(&built), &built, &files);
        }
        Ok(built)
    }

    /// Everything that the result of a build depends on.
    fn inputs(&self, workspace: &Workspace, flavor: Flavor, built: &Artifacts) -> Key {
        let root = workspace.root();
        let mut question = Question::default();
        question
            .text(self.rustc.as_str())
            .text(&self.verbose)
            .text(&rustflags(flavor))
            .variables_with("CARGO_PROFILE_")
            .variables_with("CARGO_TARGET_");
        for file in ["Cargo.toml", "Cargo.lock", ".cargo/config.toml"] {
            question.file(&root.join(file));
        }
        if let Some(home) = home("CARGO_HOME", ".cargo") {
            question.file(&home.join("config.toml"));
        }
        for package in &built.packages {
            question.folder(package);
        }
        question.key()
    }

    fn call_cargo(
        &self,
        workspace: &Workspace,
        flavor: Flavor,
        stub: bool,
    ) -> Result<Artifacts, BuildError> {
        let mut cargo = self.cargo(workspace, flavor);
        if stub {
            cargo.args(["-p", "hw-stub"]);
        }
        let exit = process::run(cargo, &Limits::BUILD).map_err(BuildError::Failed)?;
        let (mut artifacts, errors) = read_messages(&exit.stdout, workspace.root());
        artifacts.stamps = artifacts
            .files
            .iter()
            .filter_map(|file| Stamp::of(file))
            .collect();
        artifacts.digest = artifacts.hash(|name| !name.starts_with(STUB));
        artifacts.stub = artifacts.hash(|name| name.starts_with(STUB));
        if exit.is_success() {
            return Ok(artifacts);
        }
        if errors.is_empty() || !matches!(exit.ended, Ended::Status(_)) {
            let stderr = exit.stderr.trim();
            let what = anyhow::anyhow!("cargo build {}: {stderr}", exit.describe());
            return Err(BuildError::Failed(what));
        }
        Err(BuildError::Refused(errors))
    }

    fn builds(&self, workspace: &Workspace) -> Utf8PathBuf {
        workspace.target().join(&self.directory)
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
            .arg(self.builds(workspace).join(directory(flavor)))
            .env("RUSTC", &self.rustc)
            .env_remove("CARGO_ENCODED_RUSTFLAGS")
            .env_remove("CARGO_BUILD_TARGET")
            .env("RUSTFLAGS", rustflags(flavor));
        if flavor == Flavor::Release {
            command.arg("--release");
        }
        bootstrap(&mut command, flavor.is_unstable());
        command
    }
}

/// Lets a stable compiler take unstable flags where they are meant, and nowhere
/// else.
pub fn bootstrap(command: &mut Command, is_unstable: bool) {
    if is_unstable {
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

#[derive(Deserialize)]
#[serde(tag = "reason")]
enum Message {
    #[serde(rename = "compiler-artifact")]
    Artifact {
        manifest_path: Utf8PathBuf,
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

fn read_messages(stdout: &str, root: &Utf8Path) -> (Artifacts, Vec<Diagnostic>) {
    let mut artifacts = Artifacts::default();
    let mut errors = Vec::new();
    for line in stdout.lines() {
        match serde_json::from_str(line) {
            Ok(Message::Artifact {
                manifest_path,
                target,
                filenames,
            }) => {
                artifacts.add(&target.name, filenames);
                let package = manifest_path.parent().filter(|at| at.starts_with(root));
                artifacts.packages.extend(package.map(Utf8Path::to_owned));
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
            self.files.insert(file.clone());
            if file.extension() != Some("rlib") {
                continue;
            }
            if CRATES.contains(&name) {
                self.externs.insert(name.to_owned(), file);
            } else if LIBRARIES.contains(&name) {
                self.libraries.insert(name.to_owned(), file);
            }
        }
    }
}

impl Artifacts {
    /// Crates in places where nobody builds anything else.
    pub fn fixed(
        externs: BTreeMap<String, Utf8PathBuf>,
        dependencies: BTreeSet<Utf8PathBuf>,
        options: Vec<String>,
        digest: Key,
        stub: Key,
    ) -> Self {
        Self {
            externs,
            dependencies,
            options,
            digest,
            stub,
            ..Self::default()
        }
    }

    /// Whether they are those of a kernel tree, which need flags of their own.
    pub fn are_of_kernel(&self) -> bool {
        !self.options.is_empty()
    }

    /// The same crates and one more.
    pub fn with(&self, name: &str, file: Utf8PathBuf) -> Self {
        let mut more = self.clone();
        more.externs.insert(name.to_owned(), file);
        more
    }

    /// Whether nobody has built anything else in their place.
    pub fn are_untouched(&self) -> bool {
        self.stamps.len() == self.files.len() && self.stamps.iter().all(Stamp::holds)
    }

    fn hash(&self, wanted: fn(&str) -> bool) -> Key {
        let mut question = Question::default();
        for file in &self.files {
            if !wanted(file.file_name().unwrap_or_default()) {
                continue;
            }
            let hash = record::hash(file).unwrap_or_default();
            question.text(&blake3::Hash::from_bytes(hash).to_hex());
        }
        question.key()
    }
}

/// Everything that the choice of a compiler depends on.
fn which(workspace: &Workspace) -> Key {
    let mut question = Question::default();
    question.text(workspace.root().as_str()).variables(&[
        "RUSTC",
        "RUSTUP_TOOLCHAIN",
        "RUSTUP_HOME",
        "HOME",
        "PATH",
    ]);
    for file in ["rust-toolchain.toml", "rust-toolchain"] {
        question.file(&workspace.root().join(file));
    }
    if let Some(home) = home("RUSTUP_HOME", ".rustup") {
        question.file(&home.join("settings.toml"));
    }
    question.key()
}

fn home(variable: &str, folder: &str) -> Option<Utf8PathBuf> {
    let given = std::env::var(variable).ok().map(Utf8PathBuf::from);
    let usual = || Some(Utf8PathBuf::from(std::env::var("HOME").ok()?).join(folder));
    given.or_else(usual)
}

/// The artifacts of workspace members lie beside `deps`, hard-linked.
fn dependency_directory(artifact: &Utf8Path) -> Option<Utf8PathBuf> {
    let parent = artifact.parent()?;
    Some(match parent.file_name() {
        Some("deps") => parent.to_owned(),
        _ => parent.join("deps"),
    })
}

/// The file of the stub, up to its extension.
const STUB: &str = "libhw_stub";

/// The crates that the stub names beside `bindings`.
const LIBRARIES: &[&str] = &["lexopt", "libc", "serde", "serde_json"];

/// The crates that a case may name.
const CRATES: &[&str] = &["bindings", "driver", "hw_stub", "kernel", "pinned_init"];
