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

use crate::command::mutants::phases::Look;
use crate::command::mutants::phases::Question;
use crate::command::mutants::shared::Shared;
use crate::command::mutants::verdict::Judged;
use crate::command::mutants::verdict::Kill;
use crate::command::mutants::verdict::Unviable;
use crate::command::mutants::verdict::Verdict;
use crate::ground::artifacts::BuildError;
use crate::ground::diagnostic::Diagnostic;
use crate::ground::process;
use crate::judge::assertion;
use crate::judge::builds::Builds;
use crate::judge::context::Context;
use crate::judge::context::Task;
use crate::judge::event::Judgement;
use crate::judge::event::Outcome;
use crate::judge::lane::Lane;
use crate::judge::selection::Selection;
use crate::judge::terms::Terms;
use crate::subject::mutated::Copy;
use crate::subject::mutated::Missing;
use crate::subject::mutated::Mutated;
use crate::subject::mutation::apply;
use crate::subject::mutation::by_hand::Expected;
use crate::subject::mutation::Texts;

/// How long a crate with an edit may take to compile.
const BUILD: Duration = Duration::from_secs(120);

/// A worker with a copy of its own.
pub struct Worker<'a> {
    shared: Shared<'a>,
    copy: Copy,
    /// Where the root of the workspace is in the copy.
    inner: Utf8PathBuf,
    scratch: tempfile::TempDir,
}

/// What came of a mutant with or without an adaptation.
type Attempt = anyhow::Result<Verdict>;

impl<'a> Worker<'a> {
    /// Copies the sources.
    ///
    /// # Errors
    ///
    /// They cannot be built or copied.
    pub fn new(shared: Shared<'a>) -> anyhow::Result<Self> {
        let (session, recorder) = (shared.session, shared.recorder);
        let scratch = session.workspace.scratch()?;
        let folder = recorder.folder().map_err(unbuilt)?;
        let inner = session.root().strip_prefix(&folder)?.to_owned();
        let place = Utf8Path::from_path(scratch.path()).context("a path is not UTF-8")?;
        let copy = recorder.copy(place.join("copy")).map_err(unbuilt)?;
        Ok(Self {
            shared,
            copy,
            inner,
            scratch,
        })
    }

    /// Judges a mutant; if it does not build, with one adaptation after the
    /// other. The processor time is that of all attempts.
    ///
    /// # Errors
    ///
    /// Nothing could be judged.
    pub fn judge(&self, question: &Question<'_>) -> anyhow::Result<Judged> {
        let mutant = question.mutant;
        let before = process::spent();
        let mut adaptation = None;
        let mut verdict = self.attempt(question, None)?;
        for index in 0..mutant.adaptations.len() {
            if !matches!(verdict, Verdict::Unviable { .. }) {
                break;
            }
            let again = self.attempt(question, Some(index))?;
            if !matches!(again, Verdict::Unviable { .. }) {
                (verdict, adaptation) = (again, Some(index));
            }
        }
        let spent = process::spent() - before;
        Ok(Judged::new(&mutant.id, verdict, adaptation, spent))
    }

    fn attempt(&self, question: &Question<'_>, adaptation: Option<usize>) -> Attempt {
        let mutant = question.mutant;
        let changed = apply(&mutant.edits_with(adaptation), &self.shared.session.texts)?;
        self.write(&changed)?;
        let verdict = self.look(question, &changed);
        let original = changed.keys();
        let original = original.map(|path| (path.clone(), self.shared.session.texts[path].clone()));
        self.write(&original.collect())?;
        verdict.with_context(|| mutant.id.clone())
    }

    fn write(&self, texts: &Texts) -> anyhow::Result<()> {
        let inside = texts.iter();
        let inside = inside.map(|(path, text)| (self.inner.join(path), text.clone()));
        self.copy.write(&inside.collect())
    }

    /// Builds the crates with the edit that is in the copy, and has lanes look.
    fn look(&self, question: &Question<'_>, changed: &Texts) -> Attempt {
        let session = self.shared.session;
        let place = tempfile::tempdir_in(self.scratch.path())?;
        let place = Utf8Path::from_path(place.path()).context("a path is not UTF-8")?;
        let (crates, scratch) = (place.join("crates"), place.join("cases"));
        fs::create_dir_all(&scratch)?;
        let root = self.copy.root().join(&self.inner);
        let built = Mutated {
            recorder: self.shared.recorder,
            copy: &self.copy,
            edited: changed.keys().map(|path| root.join(path)).collect(),
            out: &crates,
            time: BUILD,
            missing: Mutex::default(),
        };
        let builds = Builds::new(&session.workspace, &session.toolchain, &built, true)
            .within(session.terms.compiler_timeout);
        let terms = Terms {
            address_sanitizer: question.expected.is_some_and(|it| it.address_sanitizer),
            ..session.terms.clone()
        };
        if let Err(error) = builds.compiler(terms.run_flavor()) {
            return self.refused(&built, error);
        }
        let context = Context {
            workspace: &session.workspace,
            subject: &session.target.subject,
            corpus: &session.corpus,
            terms: &terms,
            selection: &Selection::default(),
            toolchain: &session.toolchain,
            builds: &builds,
            scratch: &scratch,
            seed: 0,
        };
        match question.expected {
            _ if self.shared.matrix => self.everybody(&context),
            None => self.first(question, &context),
            Some(expected) => self.expected(expected, &context),
        }
    }

    /// The first case that notices.
    fn first(&self, question: &Question<'_>, context: &Context<'_>) -> Attempt {
        let known = self.shared.order.known(&question.mutant.id);
        let known = known.and_then(|(lane, case)| self.shared.suite.one(&lane, &case));
        let looks = self.shared.suite.looks(question, self.shared.order);
        for look in known.into_iter().chain(looks) {
            if let Some(judgement) = hunt(&look, context)? {
                return Ok(killed(&judgement));
            }
        }
        Ok(Verdict::Survived)
    }

    /// The first case that notices, of those of the claim that somebody named.
    fn expected(&self, expected: &Expected, context: &Context<'_>) -> Attempt {
        let looks = self.shared.suite.expected(expected).into_iter();
        let looks: Vec<Look<'_>> = match expected.says {
            None => looks.collect(),
            // What each says must be looked at.
            Some(_) => looks.flat_map(Look::apart).collect(),
        };
        let says = expected.says.as_deref().unwrap_or_default();
        for look in looks {
            let judgement = hunt(&look, context)?;
            let failure = judgement.as_ref().and_then(|it| it.failure.as_ref());
            if let (Some(judgement), Some(failure)) = (&judgement, failure) {
                if failure.got.contains(says) {
                    return Ok(killed(judgement));
                }
            }
        }
        Ok(Verdict::Survived)
    }

    /// Every case that notices.
    fn everybody(&self, context: &Context<'_>) -> Attempt {
        let mut by = Vec::new();
        for Look { runner, cases } in self.shared.suite.everything() {
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
                let paths = self.shared.session.texts.keys().map(|path| root.join(path));
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
        let claim = claim.filter(|claim| self.shared.session.corpus.claims.contains_key(claim));
        let is_constant = error.code.as_deref() == Some("E0080");
        claim.or_else(|| is_constant.then(String::new))
    }

    fn by_build(&self, claim: String) -> Kill {
        let id = &self.shared.session.target.subject.id;
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

fn hunt(look: &Look<'_>, context: &Context<'_>) -> anyhow::Result<Option<Judgement>> {
    look.runner.hunt(&Task {
        context,
        cases: &look.cases,
        progress: &|_| {},
    })
}

fn killed(judgement: &Judgement) -> Verdict {
    Verdict::Killed {
        by: vec![Kill::of(judgement)],
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
