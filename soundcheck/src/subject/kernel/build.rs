//! The crates of a kernel tree, compiled for userspace by an ordinary rustc.
//!
//! Owns the calls of rustc. A crate is compiled once for each content of its
//! sources, its flags and the crates below it, wherever the tree lies.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::process::Command;

use anyhow::anyhow;
use anyhow::bail;
use anyhow::Context as _;
use camino::Utf8Path;
use camino::Utf8PathBuf;
use rayon::prelude::*;

use crate::ground::artifacts::Artifacts;
use crate::ground::artifacts::BuildError;
use crate::ground::crash::Crash;
use crate::ground::diagnostic;
use crate::ground::flavor::Flavor;
use crate::ground::key::Key;
use crate::ground::process;
use crate::ground::process::Limits;
use crate::ground::record::Question;
use crate::ground::toolchain::Toolchain;
use crate::ground::workspace::Workspace;
use crate::judge::builds::build_error;
use crate::subject::cargo::Package;
use crate::subject::kernel::compiled::Compiled;
use crate::subject::kernel::opened::Kernel;
use crate::subject::manifest::Crate;
use crate::subject::manifest::CrateKind;
use crate::subject::manifest::Place;

/// What compiles the crates of one flavor.
pub(super) struct Builder<'a> {
    kernel: &'a Kernel,
    toolchain: &'a Toolchain,
    workspace: &'a Workspace,
    flavor: Flavor,
    ours: Artifacts,
    compiled: Compiled,
    links: bool,
}

/// A crate that was compiled.
#[derive(Clone, Debug)]
pub(super) struct Built {
    folder: Utf8PathBuf,
    file: Utf8PathBuf,
    key: Key,
}

/// Crates that were compiled, by name.
pub(super) type Done = BTreeMap<String, Built>;

/// So often a crate is compiled again because somebody saved a file meanwhile.
const ATTEMPTS: usize = 3;

impl<'a> Builder<'a> {
    /// Nothing is compiled yet. `ours` are the crates of the workspace, whose
    /// libraries the stub is built on.
    pub fn new(
        kernel: &'a Kernel,
        package: &Package<'a>,
        flavor: Flavor,
        ours: Artifacts,
    ) -> anyhow::Result<Self> {
        Ok(Self {
            kernel,
            toolchain: package.toolchain,
            workspace: package.workspace,
            flavor,
            ours,
            compiled: Compiled::open(package.workspace.target().join("kernel"))?,
            links: true,
        })
    }

    /// The same for cases that nobody links.
    pub fn unlinked(self) -> Self {
        let links = false;
        Self { links, ..self }
    }

    /// Whether a crate is the stub, which only programs need.
    pub fn is_stub(&self, name: &str) -> bool {
        let stub = self.kernel.manifest.stub.as_ref();
        stub.is_some_and(|stub| stub.name == name)
    }

    /// The folder of the helpers of the generation.
    fn helpers(&self) -> &Utf8Path {
        let kernel = self.kernel.manifest.kernel.as_ref();
        kernel.map_or(Utf8Path::new(""), |kernel| &kernel.helpers)
    }

    /// Removes crates that no run has used for long.
    pub fn sweep(&self) {
        self.compiled.sweep();
    }

    /// Compiles everything, with the stub if wanted.
    pub fn all(&self, stub: bool) -> Result<Done, BuildError> {
        self.some(|krate| stub || !self.is_stub(&krate.name))
    }

    /// Compiles some crates, those that need nothing of each other at once.
    pub fn some(&self, wanted: impl Fn(&Crate) -> bool) -> Result<Done, BuildError> {
        let is_wanted = |krate: &&Crate| {
            let is_there = !krate.optional || self.sources(krate).exists();
            is_there && wanted(krate)
        };
        let crates = &self.kernel.manifest.crates;
        let mut open: Vec<&Crate> = crates.iter().filter(is_wanted).collect();
        let mut done = Done::new();
        while !open.is_empty() {
            let is_open = |name: &String| open.iter().any(|krate| krate.name == *name);
            let is_ready = |krate: &&Crate| !krate.needs.iter().any(&is_open);
            let (ready, rest): (Vec<&Crate>, Vec<&Crate>) =
                open.iter().copied().partition(is_ready);
            let built: Result<Vec<(String, Built)>, BuildError> = ready
                .into_par_iter()
                .map(|krate| Ok((krate.name.clone(), self.one(krate, &done)?)))
                .collect();
            done.extend(built?);
            open = rest;
        }
        Ok(done)
    }

    fn one(&self, krate: &Crate, done: &Done) -> Result<Built, BuildError> {
        for _ in 0..ATTEMPTS {
            let key = self.key(krate, done);
            let folder = self.compiled.place(&krate.name, key);
            if self.compiled.has(&folder) || self.attempt(krate, done, key, &folder)? {
                return built(krate, folder, key).map_err(BuildError::Failed);
            }
        }
        let what = anyhow!("the sources of {} do not stop changing", krate.name);
        Err(BuildError::Failed(what))
    }

    /// Compiles a crate into its folder, unless its sources change meanwhile:
    /// then nobody knows which of two texts rustc saw.
    fn attempt(
        &self,
        krate: &Crate,
        done: &Done,
        key: Key,
        folder: &Utf8Path,
    ) -> Result<bool, BuildError> {
        let workshop = self.compiled.workshop().map_err(BuildError::Failed)?;
        let path = Utf8Path::from_path(workshop.path())
            .context("the path of the target directory is not UTF-8")
            .map_err(BuildError::Failed)?;
        self.compile(krate, done, path)?;
        if self.key(krate, done) != key {
            return Ok(false);
        }
        let admitted = self.compiled.admit(workshop, folder);
        admitted.map_err(BuildError::Failed)?;
        Ok(true)
    }

    fn compile(&self, krate: &Crate, done: &Done, out: &Utf8Path) -> Result<(), BuildError> {
        let command = self.command(krate, done, out);
        let exit = process::run(command, &Limits::BUILD).map_err(BuildError::Failed)?;
        if exit.is_success() {
            return Ok(());
        }
        let (errors, rest) = diagnostic::parse(&exit.stderr);
        match Crash::of(exit.ended, &errors, &rest) {
            Some(crash) => {
                let rest = rest.trim();
                let what = anyhow!("no crate {}: {crash}\n{rest}", krate.name);
                Err(BuildError::Failed(what))
            }
            None => Err(BuildError::Refused(errors)),
        }
    }

    fn command(&self, krate: &Crate, done: &Done, out: &Utf8Path) -> Command {
        let tree = &self.kernel.tree;
        let mut command = Command::new(&self.toolchain.rustc);
        command.args(self.flags(krate)).arg("--error-format=json");
        // A tree is the same wherever it lies.
        for place in [tree.objtree(), tree.source()] {
            command.arg(format!("--remap-path-prefix={place}/="));
        }
        if self.is_stub(&krate.name) {
            for (name, file) in &self.ours.libraries {
                command.arg("--extern").arg(format!("{name}={file}"));
            }
        }
        if krate.name == KERNEL_CRATE {
            // It is what people edit, and an edit changes little of it.
            let links = if self.links { "" } else { "-unlinked" };
            let name = &self.kernel.manifest.name;
            let name = format!("{name}-{}{links}", self.flavor.name());
            let folder = self.compiled.increments(&name);
            command.arg(format!("-Cincremental={folder}"));
        }
        self.surround(&mut command, krate, done, out);
        command
    }

    /// What rustc and rustdoc need alike: the root, the crates below, and where
    /// output goes.
    fn surround(&self, command: &mut Command, krate: &Crate, done: &Done, out: &Utf8Path) {
        command
            .current_dir(self.workspace.root())
            .arg(self.root(krate))
            .args(["--crate-name", &krate.name, "--out-dir"])
            .arg(out)
            .env("OBJTREE", self.kernel.tree.objtree())
            .env("RUSTC_BOOTSTRAP", "1")
            .env("RUSTC_ICE", "0")
            .envs(&krate.variables);
        for need in krate.needs.iter().filter_map(|name| done.get(name)) {
            let name = crate_name(&need.file);
            command.arg("--extern").arg(format!("{name}={}", need.file));
        }
        for folder in self.dependencies(done) {
            command.arg("-L").arg(format!("dependency={folder}"));
        }
    }

    /// Documents the kernel crate, configured like the one that was compiled,
    /// unless that was done before. It is not compiled for that.
    pub fn document(&self) -> anyhow::Result<String> {
        let mut crates = self.kernel.manifest.crates.iter();
        let krate = crates.find(|krate| krate.name == KERNEL_CRATE);
        let krate = krate.context("the kernel crate is among the crates")?;
        let is_below = |other: &Crate| other.place == Place::Kernel && other.name != krate.name;
        let done = self.some(is_below).map_err(build_error)?;
        let folder = self.compiled.place(DOCUMENTS, self.key(krate, &done));
        if !self.compiled.has(&folder) {
            let workshop = self.compiled.workshop()?;
            self.rustdoc(krate, &done, workshop.path().try_into()?)?;
            self.compiled.admit(workshop, &folder)?;
        }
        let path = folder.join(format!("{KERNEL_CRATE}.json"));
        std::fs::read_to_string(&path).with_context(|| format!("cannot read {path}"))
    }

    fn rustdoc(&self, krate: &Crate, done: &Done, out: &Utf8Path) -> anyhow::Result<()> {
        let mut rustdoc = Command::new(self.toolchain.rustc.with_file_name("rustdoc"));
        rustdoc
            .args(["--edition=2021", "--cfg=testlib", "--cap-lints=allow"])
            .args(["-Zunstable-options", "--output-format=json"])
            .arg(format!("@{}", self.kernel.tree.configuration()));
        self.surround(&mut rustdoc, krate, done, out);
        let exit = process::run(rustdoc, &Limits::BUILD)?;
        if !exit.is_success() {
            let stderr = exit.stderr.trim();
            bail!("rustdoc {} on the kernel crate: {stderr}", exit.describe());
        }
        Ok(())
    }

    /// The flags of a crate but those that say where things are.
    fn flags(&self, krate: &Crate) -> Vec<String> {
        let tree = &self.kernel.tree;
        let mut flags = krate.flags.clone();
        if !flags.iter().any(|flag| flag.starts_with("--edition")) {
            flags.push("--edition=2021".to_owned());
        }
        let of_kind: &[&str] = match krate.kind {
            CrateKind::Macros => &["--crate-type=proc-macro", "--extern=proc_macro"],
            CrateKind::Host | CrateKind::Library => &["--crate-type=rlib"],
            CrateKind::Kernel => &[&["--crate-type=rlib"], KERNEL].concat(),
        };
        flags.extend(of_kind.iter().map(|flag| (*flag).to_owned()));
        flags.push("--cap-lints=allow".to_owned());
        flags.extend(self.emits(krate).iter().map(|flag| (*flag).to_owned()));
        if matches!(krate.kind, CrateKind::Macros | CrateKind::Kernel) {
            flags.push(format!("@{}", tree.configuration()));
        }
        if krate.kind == CrateKind::Library {
            flags.extend(self.kernel.flags());
        }
        if self.is_flavored(krate) {
            flags.extend(self.flavor.flags().iter().map(|flag| (*flag).to_owned()));
        }
        flags
    }

    /// Nothing is linked in flavors that are there for layouts, and metadata with
    /// the code of every function is enough for them.
    fn emits(&self, krate: &Crate) -> &'static [&'static str] {
        let is_of_layout = matches!(self.flavor, Flavor::Release | Flavor::Randomized);
        match (is_of_layout || !self.links) && krate.flavors {
            true => &["--emit=metadata", "-Zalways-encode-mir"],
            false => &["--emit=link"],
        }
    }

    /// A sanitizer must be in everything that runs.
    fn is_flavored(&self, krate: &Crate) -> bool {
        match self.flavor {
            Flavor::Address => matches!(krate.kind, CrateKind::Kernel | CrateKind::Library),
            _ => krate.flavors,
        }
    }

    fn sources(&self, krate: &Crate) -> Utf8PathBuf {
        let root = self.workspace.root();
        let place = match krate.place {
            Place::Kernel => self.kernel.tree.source().join("rust"),
            Place::Workspace => root.to_owned(),
            Place::Helpers => root.join(self.helpers()),
        };
        place.join(&krate.sources)
    }

    fn root(&self, krate: &Crate) -> Utf8PathBuf {
        let sources = self.sources(krate);
        match krate.root.as_str() {
            "" => sources,
            root => sources.join(root),
        }
    }

    /// Everything that a crate depends on, but not where it lies.
    fn key(&self, krate: &Crate, done: &Done) -> Key {
        let tree = &self.kernel.tree;
        let mut question = Question::default();
        question.text(&self.toolchain.verbose).text(&krate.name);
        for flag in self.flags(krate) {
            match flag.strip_prefix('@') {
                Some(path) => question.contents(Utf8Path::new(path)),
                None => question.text(&flag),
            };
        }
        for (name, value) in &krate.variables {
            question.text(name).text(value);
        }
        question.contents(&self.sources(krate));
        if krate.place == Place::Helpers {
            // Generations take files from each other.
            let helpers = self.helpers();
            let shared = helpers
                .components()
                .next()
                .map_or(helpers, |first| Utf8Path::new(first.as_str()));
            question.contents(&self.workspace.root().join(shared));
        }
        for file in &krate.generated {
            question.contents(&tree.objtree().join(file));
        }
        for need in krate.needs.iter().filter_map(|name| done.get(name)) {
            question.key_of(&need.key);
        }
        if self.is_stub(&krate.name) {
            for file in self.ours.libraries.values() {
                question.text(file.as_str());
            }
        }
        question.key()
    }

    fn dependencies(&self, done: &Done) -> BTreeSet<Utf8PathBuf> {
        let crates = done.values().map(|built| built.folder.clone());
        crates
            .chain(self.ours.dependencies.iter().cloned())
            .collect()
    }

    pub fn artifacts(&self, done: &Done) -> Artifacts {
        let named = done
            .iter()
            .filter(|(name, _)| self.kernel.manifest.is_extern(name));
        let externs = named.map(|(name, built)| (name.clone(), built.file.clone()));
        let keys = |of_stub: bool| {
            let mut question = Question::default();
            for (_, built) in done
                .iter()
                .filter(|(name, _)| self.is_stub(name) == of_stub)
            {
                question.key_of(&built.key);
            }
            question.key()
        };
        Artifacts::fixed(
            externs.collect(),
            self.dependencies(done),
            self.kernel.manner(),
            keys(false),
            keys(true),
        )
        .from(self.judged())
    }

    /// The sources of the crates of the tree, but of those that run on the host.
    fn judged(&self) -> BTreeSet<Utf8PathBuf> {
        let crates = self.kernel.manifest.crates.iter();
        let of_tree =
            crates.filter(|krate| krate.place == Place::Kernel && krate.kind == CrateKind::Kernel);
        of_tree.map(|krate| self.sources(krate)).collect()
    }
}

/// The crate that a generation is about.
const KERNEL_CRATE: &str = "kernel";

/// What rustdoc says about it, among the crates.
const DOCUMENTS: &str = "rustdoc";

/// `testlib` is the kernel's own switch for a crate without a panic handler.
const KERNEL: &[&str] = &["--cfg=testlib"];

fn built(krate: &Crate, folder: Utf8PathBuf, key: Key) -> anyhow::Result<Built> {
    let name = &krate.name;
    let names = ["rlib", "rmeta", "so"].map(|ending| format!("lib{name}.{ending}"));
    let mut files = names.iter().map(|name| folder.join(name));
    match files.find(|file| file.is_file()) {
        Some(file) => Ok(Built { folder, file, key }),
        None => bail!("{folder} has no {name}: remove it and run again"),
    }
}

/// The name of the crate in a file such as `libkernel.rlib`.
fn crate_name(file: &Utf8Path) -> &str {
    let stem = file.file_stem().unwrap_or_default();
    stem.strip_prefix("lib").unwrap_or(stem)
}
