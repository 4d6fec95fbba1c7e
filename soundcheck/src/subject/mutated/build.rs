//! The crates of a workspace, one of them with an edit.
//!
//! Owns which crates must be built again: those of the packages that were
//! edited, and those over them. All others are the ones that cargo has built.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fs;
use std::sync::Arc;
use std::sync::Mutex;
use std::time::Duration;

use anyhow::anyhow;
use anyhow::Context as _;
use camino::Utf8Path;
use camino::Utf8PathBuf;

use crate::ground::artifacts::Artifacts;
use crate::ground::artifacts::BuildError;
use crate::ground::crash::Crash;
use crate::ground::diagnostic;
use crate::ground::diagnostic::Diagnostic;
use crate::ground::flavor::Flavor;
use crate::ground::process;
use crate::ground::process::Limits;
use crate::ground::toolchain;
use crate::judge::subject::Build;
use crate::subject::cargo::Package;
use crate::subject::mutated::attempt::Attempt;
use crate::subject::mutated::attempt::Whose;
use crate::subject::mutated::call;
use crate::subject::mutated::call::Again;
use crate::subject::mutated::call::Call;
use crate::subject::mutated::copy::Copy;
use crate::subject::mutated::recording::record;
use crate::subject::mutated::recording::Recording;

/// What cargo has built without any edit, flavor by flavor, when it is needed.
pub struct Recorder<'a> {
    package: Package<'a>,
    stub: bool,
    done: Mutex<BTreeMap<Flavor, Arc<Recording>>>,
}

impl<'a> Recorder<'a> {
    /// Nothing is built yet.
    pub fn new(package: Package<'a>, stub: bool) -> Self {
        Self {
            package,
            stub,
            done: Mutex::default(),
        }
    }

    /// The crates of a flavor. Whoever needs one that is not built waits.
    ///
    /// # Errors
    ///
    /// A crate is refused, or nothing can be built.
    pub fn of(&self, flavor: Flavor) -> Result<Arc<Recording>, BuildError> {
        let done = self.done.lock();
        let mut done = done.unwrap_or_else(|poisoned| poisoned.into_inner());
        if let Some(known) = done.get(&flavor) {
            return Ok(known.clone());
        }
        let recording = Arc::new(record(&self.package, flavor, self.stub)?);
        done.insert(flavor, recording.clone());
        Ok(recording)
    }

    /// The folder that all calls were made in.
    ///
    /// # Errors
    ///
    /// Nothing could be built, or nothing of it is in the workspace.
    pub fn folder(&self) -> Result<Utf8PathBuf, BuildError> {
        let recording = self.of(Flavor::Debug)?;
        let first = recording.calls.first();
        let first = first.context("no package of the workspace is built");
        Ok(first.map_err(BuildError::Failed)?.folder.clone())
    }

    /// A copy of all packages of the workspace.
    ///
    /// # Errors
    ///
    /// Nothing could be built, or something cannot be copied.
    pub fn copy(&self, to: Utf8PathBuf) -> Result<Copy, BuildError> {
        let (recording, folder) = (self.of(Flavor::Debug)?, self.folder()?);
        let packages = recording.calls.iter().map(Call::package);
        let inside = packages.filter_map(|package| package.strip_prefix(&folder).ok());
        let inside: BTreeSet<Utf8PathBuf> = inside.map(Utf8Path::to_owned).collect();
        let inside: Vec<Utf8PathBuf> = inside.into_iter().collect();
        Copy::new(&folder, &inside, to).map_err(BuildError::Failed)
    }
}

/// The crates with an edit that is in a copy.
pub struct Mutated<'a> {
    /// Those without it.
    pub recorder: &'a Recorder<'a>,
    /// The copy.
    pub copy: &'a Copy,
    /// The files that were edited, in the copy.
    pub edited: Vec<Utf8PathBuf>,
    /// Where its crates go, each flavor in a folder of its own.
    pub out: &'a Utf8Path,
    /// Whether programs are linked to them.
    pub links: bool,
    /// How long a crate may take.
    pub time: Duration,
    /// The crate that did not come, if one did not.
    pub missing: Mutex<Option<Missing>>,
}

/// A crate that was compiled and did not come.
#[derive(Debug)]
pub struct Missing {
    name: String,
    /// Whether the compiler was not done in time.
    is_late: bool,
}

impl Build for Mutated<'_> {
    fn build(&self, flavor: Flavor, _stub: bool) -> Result<Artifacts, BuildError> {
        let recording = self.recorder.of(flavor)?;
        let out = self.out.join(flavor.name());
        fs::create_dir_all(&out).map_err(|error| BuildError::Failed(error.into()))?;
        let mut artifacts = recording.artifacts.clone();
        let mut anew: BTreeMap<String, &str> = BTreeMap::new();
        for call in &recording.calls {
            let is_above = call.needs.iter().any(|(_, file)| anew.contains_key(file));
            if is_above || self.is_edited(call, &recording.calls) {
                self.make(call, flavor, &recording.artifacts, &out)?;
                anew.insert(call.file(), call.name());
            }
        }
        if anew.is_empty() {
            let what = anyhow!("no crate is made of {:?}", self.edited);
            return Err(BuildError::Failed(what));
        }
        for (file, name) in anew {
            if let Some(path) = artifacts.externs.get_mut(name) {
                *path = call::find(&out, &file).unwrap_or_else(|| out.join(file));
            }
        }
        artifacts.dependencies.insert(out);
        // What nobody calls notices nothing, and nobody looks for a line.
        artifacts.manner.dead_code = false;
        artifacts.manner.flags.push("-Cdebuginfo=0".to_owned());
        Ok(artifacts)
    }
}

impl Attempt for Mutated<'_> {
    fn whose(&self, _errors: &[Diagnostic], judged: &[Utf8PathBuf]) -> Whose {
        let missing = self.missing.lock();
        let missing = missing.unwrap_or_else(|poisoned| poisoned.into_inner());
        let name = missing.as_ref().map(|missing| missing.name.as_str());
        match name {
            Some(name) if self.is_made_of(name, &self.edited) => Whose::Edited,
            Some(name) if self.is_made_of(name, judged) => Whose::Above,
            _ => Whose::Helper,
        }
    }

    fn is_late(&self) -> bool {
        let missing = self.missing.lock();
        let missing = missing.unwrap_or_else(|poisoned| poisoned.into_inner());
        missing.as_ref().is_some_and(|missing| missing.is_late)
    }
}

impl Mutated<'_> {
    /// Whether one of some files, in the copy, is of a crate.
    fn is_made_of(&self, name: &str, files: &[Utf8PathBuf]) -> bool {
        let recording = self.recorder.of(Flavor::Debug);
        recording.is_ok_and(|recording| {
            let mut calls = recording.calls.iter();
            let call = calls.find(|call| call.name() == name);
            call.is_some_and(|call| self.has_one_of(call, &recording.calls, files))
        })
    }

    fn is_edited(&self, call: &Call, calls: &[Call]) -> bool {
        self.has_one_of(call, calls, &self.edited)
    }

    /// Whether a file is of the package, and not of one inside of it.
    fn has_one_of(&self, call: &Call, calls: &[Call], files: &[Utf8PathBuf]) -> bool {
        let place = |call: &Call| {
            let inside = call.package().strip_prefix(&call.folder);
            self.copy.root().join(inside.unwrap_or(call.package()))
        };
        let own = place(call);
        let mut files = files.iter();
        files.any(|file| {
            let around = calls.iter().map(place);
            let innermost = around
                .filter(|place| file.starts_with(place))
                .max_by_key(|place| place.as_str().len());
            innermost.is_some_and(|place| place == own)
        })
    }

    fn make(
        &self,
        call: &Call,
        flavor: Flavor,
        base: &Artifacts,
        out: &Utf8Path,
    ) -> Result<(), BuildError> {
        let toolchain = self.recorder.package.toolchain;
        let mut dependencies: Vec<&Utf8Path> = vec![out];
        dependencies.extend(base.dependencies.iter().map(Utf8PathBuf::as_path));
        let mut command = call.again(&Again {
            rustc: &toolchain.rustc,
            folder: self.copy.root(),
            out,
            dependencies: &dependencies,
            links: self.links,
        });
        if !self.links && !flavor.is_unstable() {
            // The code of every function is unstable; the language is not.
            command.arg("-Zallow-features=");
        }
        toolchain::bootstrap(&mut command, flavor.is_unstable() || !self.links);
        let exit = process::run(command, &Limits::of(self.time)).map_err(BuildError::Failed)?;
        let (errors, rest) = diagnostic::parse(&exit.stderr);
        let crash = Crash::of(exit.ended, &errors, &rest);
        if crash.is_none() && errors.is_empty() {
            return Ok(());
        }
        let missing = self.missing.lock();
        let mut missing = missing.unwrap_or_else(|poisoned| poisoned.into_inner());
        *missing = Some(Missing {
            name: call.name().to_owned(),
            is_late: matches!(crash, Some(Crash::Limit(_))),
        });
        match crash {
            Some(crash) => Err(BuildError::Failed(anyhow!("{}: {crash}", call.name()))),
            None => Err(BuildError::Refused(errors)),
        }
    }
}
