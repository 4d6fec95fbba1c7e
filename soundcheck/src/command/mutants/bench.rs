//! A place to build mutants in: a copy of the sources, and what is compiled
//! over it.
//!
//! Owns the way of one edit into the copy and out again, and what it means that
//! a crate is refused: an assertion has noticed, or there is nothing to judge.

use std::fs;
use std::sync::Mutex;
use std::time::Duration;

use anyhow::Context as _;
use camino::Utf8Path;
use camino::Utf8PathBuf;

use crate::command::mutants::session::Session;
use crate::command::mutants::verdict::Kill;
use crate::command::mutants::verdict::Unviable;
use crate::command::mutants::verdict::Verdict;
use crate::ground::artifacts::BuildError;
use crate::ground::diagnostic::Diagnostic;
use crate::judge::assertion;
use crate::judge::builds::Builds;
use crate::judge::context::Context;
use crate::judge::lane::Lane;
use crate::judge::selection::Selection;
use crate::judge::terms::Terms;
use crate::subject::mutated::Copy;
use crate::subject::mutated::Missing;
use crate::subject::mutated::Mutated;
use crate::subject::mutated::Recorder;
use crate::subject::mutation::apply;
use crate::subject::mutation::Edit;
use crate::subject::mutation::Texts;

/// How long a crate with an edit may take to compile.
const BUILD: Duration = Duration::from_secs(120);

/// A place to build mutants in.
pub struct Bench<'a> {
    session: &'a Session,
    recorder: &'a Recorder<'a>,
    copy: Copy,
    /// Where the root of the workspace is in the copy.
    inner: Utf8PathBuf,
    scratch: tempfile::TempDir,
}

/// What looks at the crates that were built.
pub type Look<'l> = &'l dyn Fn(&Context<'_>) -> anyhow::Result<Verdict>;

impl<'a> Bench<'a> {
    /// Copies the sources.
    ///
    /// # Errors
    ///
    /// They cannot be built or copied.
    pub fn new(session: &'a Session, recorder: &'a Recorder<'a>) -> anyhow::Result<Self> {
        let scratch = session.workspace.scratch()?;
        let folder = recorder.folder().map_err(unbuilt)?;
        let inner = session.root().strip_prefix(&folder)?.to_owned();
        let place = Utf8Path::from_path(scratch.path()).context("a path is not UTF-8")?;
        let copy = recorder.copy(place.join("copy")).map_err(unbuilt)?;
        Ok(Self {
            session,
            recorder,
            copy,
            inner,
            scratch,
        })
    }

    /// Builds the crates with some edits, and has somebody look at them.
    ///
    /// # Errors
    ///
    /// The edits do not fit, or nothing could be judged.
    pub fn with(&self, edits: &[Edit], terms: &Terms, look: Look<'_>) -> anyhow::Result<Verdict> {
        let changed = apply(edits, &self.session.texts)?;
        self.write(&changed)?;
        let verdict = self.build(&changed, terms, look);
        let original = changed.keys();
        let original = original.map(|path| (path.clone(), self.session.texts[path].clone()));
        self.write(&original.collect())?;
        verdict
    }

    fn write(&self, texts: &Texts) -> anyhow::Result<()> {
        let inside = texts.iter();
        let inside = inside.map(|(path, text)| (self.inner.join(path), text.clone()));
        self.copy.write(&inside.collect())
    }

    fn root(&self) -> Utf8PathBuf {
        self.copy.root().join(&self.inner)
    }

    /// Builds the crates with the edits that are in the copy.
    fn build(
        &self,
        changed: &Texts,
        terms: &Terms,
        look: Look<'_>,
    ) -> anyhow::Result<Verdict> {
        let session = self.session;
        let place = tempfile::tempdir_in(self.scratch.path())?;
        let place = Utf8Path::from_path(place.path()).context("a path is not UTF-8")?;
        let (crates, scratch) = (place.join("crates"), place.join("cases"));
        fs::create_dir_all(&scratch)?;
        let root = self.root();
        let built = Mutated {
            recorder: self.recorder,
            copy: &self.copy,
            edited: changed.keys().map(|path| root.join(path)).collect(),
            out: &crates,
            time: BUILD,
            missing: Mutex::default(),
        };
        let builds = Builds::new(&session.workspace, &session.toolchain, &built, true)
            .within(terms.compiler_timeout);
        if let Err(error) = builds.compiler(terms.run_flavor()) {
            return self.refused(&built, error);
        }
        look(&Context {
            workspace: &session.workspace,
            subject: &session.target.subject,
            corpus: &session.corpus,
            terms,
            selection: &Selection::default(),
            toolchain: &session.toolchain,
            builds: &builds,
            scratch: &scratch,
            seed: 0,
        })
    }

    /// What it means that a crate is refused: an assertion has noticed, or there
    /// is nothing to judge.
    fn refused(&self, built: &Mutated<'_>, error: BuildError) -> anyhow::Result<Verdict> {
        let missing = built.missing.lock();
        let missing = missing.unwrap_or_else(|poisoned| poisoned.into_inner());
        let Missing { name, is_late } = missing.clone().unwrap_or_default();
        let errors = match error {
            BuildError::Refused(errors) => errors,
            BuildError::Failed(_) if is_late => return Ok(Verdict::Timeout { what: name }),
            BuildError::Failed(error) => return Err(error),
        };
        let what = self.what(built, &name);
        let asserted = errors.iter().find_map(|error| self.asserted(error));
        if let (Some(claim), true) = (asserted, what != Unviable::Helper) {
            return Ok(Verdict::Killed {
                by: vec![self.by_build(claim)],
            });
        }
        let error = errors.first().map(Diagnostic::headline);
        Ok(Verdict::Unviable {
            what,
            error: error.unwrap_or_default(),
        })
    }

    /// Whose crate it is.
    fn what(&self, built: &Mutated<'_>, name: &str) -> Unviable {
        match built.is_made_of(name, &built.edited) {
            true => Unviable::Edited,
            false => {
                let root = self.root();
                let paths = self.session.texts.keys().map(|path| root.join(path));
                match built.is_made_of(name, &paths.collect::<Vec<_>>()) {
                    true => Unviable::Above,
                    false => Unviable::Helper,
                }
            }
        }
    }

    /// The claim of the assertion that an error is about; empty if it is one
    /// without a claim.
    fn asserted(&self, error: &Diagnostic) -> Option<String> {
        let root = self.copy.root();
        let claim = assertion::claim_of(root, error);
        let claim = claim.filter(|claim| self.session.corpus.claims.contains_key(claim));
        let is_constant = error.code.as_deref() == Some("E0080");
        claim.or_else(|| is_constant.then(String::new))
    }

    fn by_build(&self, claim: String) -> Kill {
        let id = &self.session.target.subject.id;
        Kill {
            lane: Lane::BUILD.name().to_owned(),
            case: match claim.as_str() {
                "" => id.clone(),
                claim => format!("{id}/{claim}"),
            },
            claim,
            came: "unbuilt".to_owned(),
        }
    }
}

/// A subject that does not build without any edit.
pub fn unbuilt(error: BuildError) -> anyhow::Error {
    match error {
        BuildError::Failed(error) => error,
        BuildError::Refused(errors) => {
            let first = errors.first().map(Diagnostic::headline);
            anyhow::anyhow!(
                "the subject does not build without a mutant: {}",
                first.unwrap_or_default()
            )
        }
    }
}
