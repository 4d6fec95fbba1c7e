//! Who judges one mutant after the other, in a copy of the sources.
//!
//! Owns what of a mutant's end is a kill, and what is only a build that makes no
//! sense. Which cases look first is in `phases`.

use std::fs;
use std::sync::Mutex;
use std::time::Duration;

use anyhow::Context as _;
use camino::Utf8Path;
use camino::Utf8PathBuf;

use crate::command::mutants::order::Order;
use crate::command::mutants::phases::Look;
use crate::command::mutants::phases::Suite;
use crate::command::mutants::session::Session;
use crate::command::mutants::verdict::Judged;
use crate::command::mutants::verdict::Kill;
use crate::command::mutants::verdict::Unviable;
use crate::command::mutants::verdict::Verdict;
use crate::ground::artifacts::BuildError;
use crate::ground::diagnostic::Diagnostic;
use crate::ground::flavor::Flavor;
use crate::ground::process;
use crate::judge::assertion;
use crate::judge::builds::Builds;
use crate::judge::context::Context;
use crate::judge::context::Task;
use crate::judge::event::Judgement;
use crate::judge::event::Outcome;
use crate::judge::lane::Lane;
use crate::judge::selection::Selection;
use crate::subject::mutated::Copy;
use crate::subject::mutated::Missing;
use crate::subject::mutated::Mutated;
use crate::subject::mutated::Recorder;
use crate::subject::mutation::apply;
use crate::subject::mutation::Mutant;
use crate::subject::mutation::Texts;

/// How long a crate with an edit may take to compile.
const BUILD: Duration = Duration::from_secs(120);

/// A worker with a copy of its own.
pub struct Worker<'a> {
    session: &'a Session,
    recorder: &'a Recorder<'a>,
    suite: &'a Suite<'a>,
    order: &'a Order<'a>,
    copy: Copy,
    /// Where the root of the workspace is in the copy.
    inner: Utf8PathBuf,
    scratch: tempfile::TempDir,
    matrix: bool,
}

/// What came of a mutant with or without an adaptation.
type Attempt = anyhow::Result<Verdict>;

impl<'a> Worker<'a> {
    /// Copies the sources.
    ///
    /// # Errors
    ///
    /// They cannot be built or copied.
    pub fn new(
        session: &'a Session,
        recorder: &'a Recorder<'a>,
        suite: &'a Suite<'a>,
        order: &'a Order<'a>,
        matrix: bool,
    ) -> anyhow::Result<Self> {
        let scratch = session.workspace.scratch()?;
        let folder = recorder.folder().map_err(unbuilt)?;
        let inner = session.root().strip_prefix(&folder)?.to_owned();
        let place = Utf8Path::from_path(scratch.path()).context("a path is not UTF-8")?;
        let copy = recorder.copy(place.join("copy")).map_err(unbuilt)?;
        Ok(Self {
            session,
            recorder,
            suite,
            order,
            copy,
            inner,
            scratch,
            matrix,
        })
    }

    /// Judges a mutant; if it does not build, with one adaptation after the
    /// other. The processor time is that of all attempts.
    ///
    /// # Errors
    ///
    /// Nothing could be judged.
    pub fn judge(&self, mutant: &Mutant) -> anyhow::Result<Judged> {
        let before = process::spent();
        let mut adaptation = None;
        let mut verdict = self.attempt(mutant, None)?;
        for index in 0..mutant.adaptations.len() {
            if !matches!(verdict, Verdict::Unviable { .. }) {
                break;
            }
            let again = self.attempt(mutant, Some(index))?;
            if !matches!(again, Verdict::Unviable { .. }) {
                (verdict, adaptation) = (again, Some(index));
            }
        }
        let spent = process::spent() - before;
        Ok(Judged::new(&mutant.id, verdict, adaptation, spent))
    }

    fn attempt(&self, mutant: &Mutant, adaptation: Option<usize>) -> Attempt {
        let changed = apply(&mutant.edits_with(adaptation), &self.session.texts)?;
        self.write(&changed)?;
        let verdict = self.look(mutant, &changed);
        let original = changed.keys();
        let original = original.map(|path| (path.clone(), self.session.texts[path].clone()));
        self.write(&original.collect())?;
        verdict.with_context(|| mutant.id.clone())
    }

    fn write(&self, texts: &Texts) -> anyhow::Result<()> {
        let inside = texts.iter();
        let inside = inside.map(|(path, text)| (self.inner.join(path), text.clone()));
        self.copy.write(&inside.collect())
    }

    /// Builds the crates with the edit that is in the copy, and has lanes look.
    fn look(&self, mutant: &Mutant, changed: &Texts) -> Attempt {
        let session = self.session;
        let place = tempfile::tempdir_in(self.scratch.path())?;
        let place = Utf8Path::from_path(place.path()).context("a path is not UTF-8")?;
        let (crates, scratch) = (place.join("crates"), place.join("cases"));
        fs::create_dir_all(&scratch)?;
        let root = self.copy.root().join(&self.inner);
        let built = Mutated {
            recorder: self.recorder,
            copy: &self.copy,
            edited: changed.keys().map(|path| root.join(path)).collect(),
            out: &crates,
            time: BUILD,
            missing: Mutex::default(),
        };
        let builds = Builds::new(&session.workspace, &session.toolchain, &built, true)
            .within(session.terms.compiler_timeout);
        if let Err(error) = builds.compiler(Flavor::Debug) {
            return self.refused(&built, error);
        }
        let context = Context {
            workspace: &session.workspace,
            subject: &session.target.subject,
            corpus: &session.corpus,
            terms: &session.terms,
            selection: &Selection::default(),
            toolchain: &session.toolchain,
            builds: &builds,
            scratch: &scratch,
            seed: 0,
        };
        match self.matrix {
            true => self.everybody(&context),
            false => self.first(mutant, &context),
        }
    }

    /// The first case that notices.
    fn first(&self, mutant: &Mutant, context: &Context<'_>) -> Attempt {
        let known = self.order.known(&mutant.id);
        let known = known.and_then(|(lane, case)| self.suite.one(&lane, &case));
        let looks = self.suite.looks(mutant, self.order);
        for Look { runner, cases } in known.into_iter().chain(looks) {
            let task = Task {
                context,
                cases: &cases,
                progress: &|_| {},
            };
            if let Some(judgement) = runner.hunt(&task)? {
                let by = vec![Kill::of(&judgement)];
                return Ok(Verdict::Killed { by });
            }
        }
        Ok(Verdict::Survived)
    }

    /// Every case that notices.
    fn everybody(&self, context: &Context<'_>) -> Attempt {
        let mut by = Vec::new();
        for Look { runner, cases } in self.suite.everything() {
            let task = Task {
                context,
                cases: &cases,
                progress: &|_| {},
            };
            let judgements = runner.run(&task)?.judgements;
            let is_noticed = |judgement: &&Judgement| judgement.outcome() == Outcome::Fail;
            by.extend(judgements.iter().filter(is_noticed).map(Kill::of));
        }
        Ok(match by.is_empty() {
            true => Verdict::Survived,
            false => Verdict::Killed { by },
        })
    }

    /// What it means that a crate is refused: an assertion has noticed, or there
    /// is nothing to judge.
    fn refused(&self, built: &Mutated<'_>, error: BuildError) -> Attempt {
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
                let root = self.copy.root().join(&self.inner);
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
