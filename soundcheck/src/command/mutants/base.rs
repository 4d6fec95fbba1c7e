//! What is mutated, as it is without any edit.
//!
//! Owns what differs between the packages of a workspace and the crate of a
//! kernel tree: how they are built, and what a copy of them is.

use std::sync::Mutex;
use std::time::Duration;

use camino::Utf8Path;
use camino::Utf8PathBuf;

use crate::command::mutants::session::Session;
use crate::ground::artifacts::Artifacts;
use crate::ground::artifacts::BuildError;
use crate::ground::diagnostic::Diagnostic;
use crate::ground::flavor::Flavor;
use crate::ground::key::Key;
use crate::ground::record::Question;
use crate::subject::cargo::Package;
use crate::subject::mutated::Attempt;
use crate::subject::mutated::Copy;
use crate::subject::mutated::Mutated;
use crate::subject::mutated::MutatedTree;
use crate::subject::mutated::Original;
use crate::subject::mutated::Recorder;
use crate::subject::target::AtHand;
use crate::subject::target::Target;

/// What is mutated.
pub enum Base<'a> {
    /// Packages of the workspace.
    Packages(Recorder<'a>),
    /// The crate of a kernel tree.
    Tree(Original<'a>),
}

/// A copy of it.
pub struct Copied {
    /// The copy.
    pub copy: Copy,
    /// Where the root of the sources is in it.
    pub inner: Utf8PathBuf,
    /// The target with its tree, if it is one.
    target: Option<Target>,
}

/// How long a crate with an edit may take to compile.
const BUILD: Duration = Duration::from_secs(120);

impl<'a> Base<'a> {
    /// That of a session. Nothing is built yet.
    pub fn of(session: &'a Session) -> Self {
        let (target, workspace) = (&session.target, &session.workspace);
        match &target.kernel {
            None => Self::Packages(Recorder::new(
                Package {
                    manifest: &target.own,
                    workspace,
                    toolchain: &session.toolchain,
                    recorder: None,
                },
                target.own.stub.is_some(),
            )),
            Some(kernel) => {
                let at_hand = AtHand {
                    target,
                    workspace,
                    toolchain: &session.toolchain,
                };
                Self::Tree(Original::new(at_hand, kernel))
            }
        }
    }

    /// The hash of what is mutated, and of how it is compiled.
    ///
    /// # Errors
    ///
    /// It does not build without any edit.
    pub fn ground(&self, session: &Session) -> anyhow::Result<Key> {
        let artifacts = self.artifacts().map_err(unbuilt)?;
        let mut inputs = Question::default();
        inputs.text(&session.toolchain.verbose);
        inputs.key_of(&artifacts.digest).key_of(&artifacts.stub);
        Ok(inputs.key())
    }

    fn artifacts(&self) -> Result<Artifacts, BuildError> {
        match self {
            Self::Packages(recorder) => Ok(recorder.of(Flavor::Debug)?.artifacts.clone()),
            Self::Tree(original) => original.of(Flavor::Debug),
        }
    }

    /// A copy.
    ///
    /// # Errors
    ///
    /// It cannot be built or copied.
    pub fn copy(&self, session: &Session, to: Utf8PathBuf) -> anyhow::Result<Copied> {
        match self {
            Self::Packages(recorder) => {
                let folder = recorder.folder().map_err(unbuilt)?;
                Ok(Copied {
                    copy: recorder.copy(to).map_err(unbuilt)?,
                    inner: session.root().strip_prefix(&folder)?.to_owned(),
                    target: None,
                })
            }
            Self::Tree(original) => {
                let (copy, target) = original.copy(to)?;
                Ok(Copied {
                    copy,
                    inner: Utf8PathBuf::new(),
                    target: Some(target),
                })
            }
        }
    }

    /// What builds the copy, some files of which were edited. What is not linked
    /// takes less time.
    pub fn attempt<'b>(
        &'b self,
        copied: &'b Copied,
        edited: Vec<Utf8PathBuf>,
        out: &'b Utf8Path,
        links: bool,
    ) -> Box<dyn Attempt + 'b> {
        match (self, &copied.target) {
            (Self::Tree(original), Some(target)) => {
                Box::new(MutatedTree::new(original, target, links))
            }
            (Self::Packages(recorder), _) => Box::new(Mutated {
                recorder,
                copy: &copied.copy,
                edited,
                out,
                links,
                time: BUILD,
                missing: Mutex::default(),
            }),
            (Self::Tree(_), None) => unreachable!("a copy of a tree has one"),
        }
    }
}

/// A subject that does not build without any edit.
fn unbuilt(error: BuildError) -> anyhow::Error {
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
