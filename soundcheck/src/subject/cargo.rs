//! The package under judgement, built by cargo as its users build it.
//!
//! Owns the one call of cargo for each flavor, and the record of what came of
//! it: cargo is not called if nothing has changed since it was.

use std::collections::BTreeSet;
use std::process::Command;

use anyhow::Context as _;
use camino::Utf8Path;
use camino::Utf8PathBuf;
use serde::Deserialize;

use crate::ground::artifacts::Artifacts;
use crate::ground::artifacts::BuildError;
use crate::ground::diagnostic::Diagnostic;
use crate::ground::diagnostic::Raw;
use crate::ground::flavor::Flavor;
use crate::ground::key::Key;
use crate::ground::patience;
use crate::ground::process;
use crate::ground::process::Ended;
use crate::ground::process::Limits;
use crate::ground::record;
use crate::ground::record::Question;
use crate::ground::record::Stamp;
use crate::ground::shelf::Shelf;
use crate::ground::toolchain;
use crate::ground::toolchain::home;
use crate::ground::toolchain::Toolchain;
use crate::ground::workspace::Workspace;
use crate::judge::subject::Build;
use crate::subject::configuration;
use crate::subject::manifest::Manifest;

/// A package under judgement.
#[derive(Clone, Copy)]
pub struct Package<'a> {
    /// What its `soundcheck.toml` says.
    pub manifest: &'a Manifest,
    /// The workspace that it is in.
    pub workspace: &'a Workspace,
    /// The compiler.
    pub toolchain: &'a Toolchain,
    /// What cargo calls in place of the compiler for packages of the workspace.
    pub recorder: Option<&'a Utf8Path>,
}

impl Build for Package<'_> {
    /// Builds the package and its helpers in a flavor, and the stub if wanted.
    fn build(&self, flavor: Flavor, stub: bool) -> Result<Artifacts, BuildError> {
        let with = if stub { "" } else { "-without-stub" };
        let how = self.recorder.map_or("", |_| "recorded-");
        let name = format!("{how}{}{with}", flavor.name());
        let shelf = Shelf::new(self.builds(), name);
        let root = self.workspace.root();
        let ask = |built: &Artifacts| self.inputs(flavor, built);
        if let Some(built) = shelf.find(root, ask) {
            return Ok(built);
        }
        let _turn = shelf.turn().map_err(BuildError::Failed)?;
        // Another run may have built it in the meantime.
        if let Some(built) = shelf.find(root, ask) {
            return Ok(built);
        }
        let last = shelf.last(root);
        let before = last.as_ref().map(ask);
        let mut built = self.call_cargo(flavor, stub)?;
        move_to(&mut built, &shelf).map_err(BuildError::Failed)?;
        // Nobody knows which of two texts cargo saw of a file that changed.
        if last.as_ref().map(ask) == before {
            let files: Vec<&Utf8Path> = built.files.iter().map(|file| file.as_path()).collect();
            shelf.remember(ask(&built), &built, &files);
        }
        Ok(built)
    }
}

impl Package<'_> {
    /// Everything that the result of a build depends on.
    fn inputs(&self, flavor: Flavor, built: &Artifacts) -> Key {
        let root = self.workspace.root();
        let mut question = Question::default();
        question
            .text(self.toolchain.rustc.as_str())
            .text(&self.toolchain.verbose)
            .text(&rustflags(flavor))
            .text(FORMAT)
            .text(&format!("{:?}", self.manifest))
            .variables(&["RUSTC_WRAPPER", "RUSTC_WORKSPACE_WRAPPER"])
            .variables_with("CARGO_BUILD_")
            .variables_with("CARGO_PROFILE_")
            .variables_with("CARGO_TARGET_");
        for setting in configuration::arguments() {
            question.text(&setting);
        }
        // The root of the subject may lie below that of the workspace.
        for folder in root.ancestors() {
            for file in ["Cargo.toml", "Cargo.lock"] {
                question.file(&folder.join(file));
            }
        }
        for file in configuration::files(root, home("CARGO_HOME", ".cargo").as_deref()) {
            question.file(&file);
        }
        for package in &built.packages {
            question.folder(package);
        }
        question.key()
    }

    fn call_cargo(&self, flavor: Flavor, stub: bool) -> Result<Artifacts, BuildError> {
        let mut cargo = self.cargo(flavor);
        if let (true, Some(stub)) = (stub, &self.manifest.stub) {
            cargo.args(["-p", &stub.package]);
        }
        let what = format!(
            "building the crates below the cases ({}, {})",
            flavor.name(),
            self.toolchain.version
        );
        let exit = patience::during(patience::WORK, &what, || {
            process::run(cargo, &Limits::BUILD)
        });
        let exit = exit.map_err(BuildError::Failed)?;
        let (mut artifacts, errors) = self.read_messages(&exit.stdout);
        artifacts.digest = self.hash(&artifacts, false);
        artifacts.stub = self.hash(&artifacts, true);
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

    /// What rustdoc says about the package, as JSON.
    ///
    /// # Errors
    ///
    /// There is no package, or rustdoc cannot be run.
    pub fn document(&self) -> anyhow::Result<String> {
        let name = self
            .manifest
            .package
            .as_deref()
            .context("soundcheck.toml names no package")?;
        let target = self.workspace.target().join("rustdoc");
        let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
        let mut command = Command::new(cargo);
        command
            .current_dir(self.workspace.root())
            .args(["rustdoc", "--quiet", "--package", name, "--lib"])
            .arg("--target-dir")
            .arg(&target)
            .args(["--", "-Zunstable-options", "--output-format", "json"])
            .env("RUSTC_BOOTSTRAP", "1");
        let exit = process::run(command, &Limits::BUILD)?;
        if !exit.is_success() {
            anyhow::bail!("cargo rustdoc -p {name} failed: {}", exit.stderr.trim());
        }
        let path = target.join(format!("doc/{}.json", self.manifest.crate_name()));
        std::fs::read_to_string(&path).with_context(|| format!("cannot read {path}"))
    }

    fn builds(&self) -> Utf8PathBuf {
        self.workspace.target().join(&self.toolchain.directory)
    }

    fn cargo(&self, flavor: Flavor) -> Command {
        let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
        let mut command = Command::new(cargo);
        command
            .current_dir(self.workspace.root())
            .args(["build", "--quiet", "--message-format=json", "--lib"])
            .args(self.packages())
            .args(["--target", &self.toolchain.host])
            .arg("--target-dir")
            .arg(self.builds().join(directory(self.workspace, flavor)))
            .args(configuration::arguments())
            .env("RUSTC", &self.toolchain.rustc)
            .env_remove("CARGO_ENCODED_RUSTFLAGS")
            .env_remove("CARGO_BUILD_TARGET")
            .env("RUSTFLAGS", rustflags(flavor));
        if let Some(recorder) = self.recorder {
            command.env("RUSTC_WORKSPACE_WRAPPER", recorder);
        }
        if flavor == Flavor::Release {
            command.arg("--release");
        }
        toolchain::bootstrap(&mut command, flavor.is_unstable());
        command
    }

    /// The packages and features, as cargo takes them.
    fn packages(&self) -> Vec<String> {
        let manifest = self.manifest;
        let packages = manifest.package.iter().chain(&manifest.helpers);
        let mut arguments: Vec<String> = packages
            .flat_map(|package| ["-p".to_owned(), package.clone()])
            .collect();
        if !manifest.features.is_empty() {
            arguments.extend(["--features".to_owned(), manifest.features.join(",")]);
        }
        if !manifest.default_features {
            arguments.push("--no-default-features".to_owned());
        }
        arguments
    }

    fn read_messages(&self, stdout: &str) -> (Artifacts, Vec<Diagnostic>) {
        let mut artifacts = Artifacts {
            manner: self.manifest.manner(),
            ..Artifacts::default()
        };
        let mut errors = Vec::new();
        for line in stdout.lines() {
            match serde_json::from_str(line) {
                Ok(Message::Artifact {
                    manifest_path,
                    target,
                    filenames,
                    package_id,
                }) => {
                    // What comes from a registry does not change.
                    let is_local = package_id.starts_with("path+");
                    self.add(&mut artifacts, &target.name, filenames, is_local);
                    if is_local && self.is_judged(&target.name) {
                        let sources = target.src_path.parent();
                        artifacts.sources.extend(sources.map(Utf8Path::to_owned));
                    }
                    let package = manifest_path.parent().filter(|_| is_local);
                    artifacts.packages.extend(package.map(Utf8Path::to_owned));
                }
                Ok(Message::Diagnostic { message }) => message.add_to(&mut errors),
                Ok(Message::Other) | Err(_) => {}
            }
        }
        (artifacts, errors)
    }

    /// Whether a crate is part of what is judged: neither helper nor stub.
    fn is_judged(&self, name: &str) -> bool {
        let helpers = self.manifest.helpers.iter();
        let stub = self.manifest.stub.iter().map(|stub| &stub.name);
        let mut others = helpers.chain(stub);
        !others.any(|other| other.replace('-', "_") == name.replace('-', "_"))
    }

    /// A crate of the workspace may stand in for one of a registry, whose name it has.
    fn add(&self, artifacts: &mut Artifacts, name: &str, files: Vec<Utf8PathBuf>, is_local: bool) {
        for file in files {
            if !matches!(file.extension(), Some("rlib" | "so" | "dylib")) {
                continue;
            }
            artifacts.files.insert(file.clone());
            if file.extension() != Some("rlib") {
                continue;
            }
            let stub = self.manifest.stub.iter();
            if self.manifest.is_extern(name) {
                match is_local {
                    true => drop(artifacts.externs.insert(name.to_owned(), file)),
                    false => drop(artifacts.externs.entry(name.to_owned()).or_insert(file)),
                }
            } else if stub.flat_map(|stub| &stub.libraries).any(|it| it == name) {
                artifacts.libraries.insert(name.to_owned(), file);
            }
        }
    }

    /// The hash of what was built: of the stub, or of all else.
    fn hash(&self, artifacts: &Artifacts, of_stub: bool) -> Key {
        let stub = self.manifest.stub.as_ref();
        let stub = stub.map(|stub| format!("lib{}", stub.name));
        let is_of_stub = |file: &Utf8Path| {
            let name = file.file_name().unwrap_or_default();
            stub.as_ref().is_some_and(|stub| name.starts_with(stub))
        };
        let mut question = Question::default();
        for file in &artifacts.files {
            if is_of_stub(file) == of_stub {
                let hash = record::hash(file).unwrap_or_default();
                question.text(file.file_name().unwrap_or_default());
                question.text(&blake3::Hash::from_bytes(hash).to_hex());
            }
        }
        question.key()
    }
}

/// What is remembered about a build; changes when more is.
const FORMAT: &str = "with sources";

/// The profile chooses between debug and release, so they share a directory.
/// Workspaces must not: cargo knows packages by their paths below the root, and
/// would take what it built of the same path elsewhere, if that is newer.
fn directory(workspace: &Workspace, flavor: Flavor) -> String {
    let name = match flavor {
        Flavor::Debug | Flavor::Release => "stable",
        other => other.name(),
    };
    format!("{name}{}", workspace.mark())
}

/// Moves crates to where nobody builds. The files of members of the workspace
/// lie where every workspace in the same target directory puts its own.
fn move_to(built: &mut Artifacts, shelf: &Shelf) -> anyhow::Result<()> {
    let content = Question::default()
        .key_of(&built.digest)
        .key_of(&built.stub)
        .key();
    let files: Vec<&Utf8Path> = built.files.iter().map(Utf8PathBuf::as_path).collect();
    let place = shelf.put(&files, content)?;
    let moved = |file: &Utf8PathBuf| place.join(file.file_name().unwrap_or_default());
    built.files = built.files.iter().map(moved).collect();
    for file in built
        .externs
        .values_mut()
        .chain(built.libraries.values_mut())
    {
        *file = moved(file);
    }
    built.stamps = built
        .files
        .iter()
        .filter_map(|file| Stamp::of(file))
        .collect();
    built.dependencies = BTreeSet::from([place]);
    Ok(())
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
        package_id: String,
    },
    #[serde(rename = "compiler-message")]
    Diagnostic { message: Raw },
    #[serde(other)]
    Other,
}

#[derive(Deserialize)]
struct Target {
    name: String,
    src_path: Utf8PathBuf,
}
