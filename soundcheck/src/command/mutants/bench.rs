//! A place to build mutants in: a copy of the sources, and what is compiled
//! over it.
//!
//! Owns the way of one edit into the copy and out again, and what it means that
//! a crate is refused: an assertion has noticed, or there is nothing to judge.

use std::fs;

use anyhow::Context as _;
use camino::Utf8Path;
use camino::Utf8PathBuf;

use crate::command::mutants::base::Base;
use crate::command::mutants::base::Copied;
use crate::command::mutants::session::Session;
use crate::command::mutants::verdict::Kill;
use crate::command::mutants::verdict::Verdict;
use crate::ground::artifacts::BuildError;
use crate::ground::diagnostic::Diagnostic;
use crate::judge::assertion;
use crate::judge::builds::Builds;
use crate::judge::context::Context;
use crate::judge::lane::Lane;
use crate::judge::selection::Selection;
use crate::judge::terms::Terms;
use crate::subject::mutated::Attempt;
use crate::subject::mutated::Whose;
use crate::subject::mutation::apply;
use crate::subject::mutation::Edit;
use crate::subject::mutation::Texts;

/// A place to build mutants in.
pub struct Bench<'a> {
    session: &'a Session,
    base: &'a Base<'a>,
    copied: Copied,
    scratch: tempfile::TempDir,
}

/// How crates with an edit are built and judged.
#[derive(Clone, Debug)]
pub struct How {
    /// The terms.
    pub terms: Terms,
    /// Whether programs are linked to them.
    pub links: bool,
}

/// What looks at the crates that were built.
pub type Look<'l> = &'l dyn Fn(&Context<'_>) -> anyhow::Result<Verdict>;

impl<'a> Bench<'a> {
    /// Copies the sources.
    ///
    /// # Errors
    ///
    /// They cannot be built or copied.
    pub fn new(session: &'a Session, base: &'a Base<'a>) -> anyhow::Result<Self> {
        let scratch = session.workspace.scratch()?;
        let place = Utf8Path::from_path(scratch.path()).context("a path is not UTF-8")?;
        Ok(Self {
            session,
            base,
            copied: base.copy(session, place.join("copy"))?,
            scratch,
        })
    }

    /// Builds the crates with some edits, and has somebody look at them.
    ///
    /// # Errors
    ///
    /// The edits do not fit, or nothing could be judged.
    pub fn with(&self, edits: &[Edit], how: &How, look: Look<'_>) -> anyhow::Result<Verdict> {
        let changed = apply(edits, &self.session.texts)?;
        self.write(&changed)?;
        let verdict = self.build(&changed, how, look);
        let original = changed.keys();
        let original = original.map(|path| (path.clone(), self.session.texts[path].clone()));
        self.write(&original.collect())?;
        verdict
    }

    fn write(&self, texts: &Texts) -> anyhow::Result<()> {
        let inside = texts.iter();
        let inside = inside.map(|(path, text)| (self.copied.inner.join(path), text.clone()));
        self.copied.copy.write(&inside.collect())
    }

    fn root(&self) -> Utf8PathBuf {
        self.copied.copy.root().join(&self.copied.inner)
    }

    /// Builds the crates with the edits that are in the copy.
    fn build(&self, changed: &Texts, how: &How, look: Look<'_>) -> anyhow::Result<Verdict> {
        let session = self.session;
        let place = tempfile::tempdir_in(self.scratch.path())?;
        let place = Utf8Path::from_path(place.path()).context("a path is not UTF-8")?;
        let (crates, scratch) = (place.join("crates"), place.join("cases"));
        fs::create_dir_all(&scratch)?;
        let root = self.root();
        let edited = changed.keys().map(|path| root.join(path)).collect();
        let built = self.base.attempt(&self.copied, edited, &crates, how.links);
        let builds = Builds::new(&session.workspace, &session.toolchain, &*built, true)
            .within(how.terms.compiler_timeout);
        if let Err(error) = builds.compiler(how.terms.run_flavor()) {
            return self.refused(&*built, error);
        }
        look(&Context {
            workspace: &session.workspace,
            subject: &session.target.subject,
            corpus: &session.corpus,
            terms: &how.terms,
            selection: &Selection::default(),
            toolchain: &session.toolchain,
            builds: &builds,
            scratch: &scratch,
            seed: 0,
        })
    }

    /// What it means that a crate is refused: an assertion has noticed, or there
    /// is nothing to judge.
    fn refused(&self, built: &dyn Attempt, error: BuildError) -> anyhow::Result<Verdict> {
        let errors = match error {
            BuildError::Refused(errors) => errors,
            BuildError::Failed(error) if built.is_late() => {
                let what = format!("{error:#}");
                return Ok(Verdict::Timeout { what });
            }
            BuildError::Failed(error) => return Err(error),
        };
        let judged = self.session.texts.keys();
        let judged: Vec<Utf8PathBuf> = judged.map(|path| self.root().join(path)).collect();
        let whose = built.whose(&errors, &judged);
        let asserted = errors.iter().find_map(|error| self.asserted(error));
        if let (Some(claim), true) = (asserted, whose != Whose::Helper) {
            return Ok(Verdict::Killed {
                by: vec![self.by_build(claim)],
            });
        }
        let error = errors.first().map(Diagnostic::headline);
        Ok(Verdict::Unviable {
            whose,
            error: error.unwrap_or_default(),
        })
    }

    /// The claim of the assertion that an error is about; empty if it is one
    /// without a claim. Only what is evaluated asserts anything: any other error
    /// may be near the words of a claim by chance.
    fn asserted(&self, error: &Diagnostic) -> Option<String> {
        if error.code.as_deref() != Some("E0080") {
            return None;
        }
        let claim = assertion::claim_of(self.copied.copy.root(), error);
        let known = claim.filter(|claim| self.session.corpus.claims.contains_key(claim));
        Some(known.unwrap_or_default())
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
