//! The flavors of a subject that were built so far in a run.
//!
//! Owns when they are built, which is on first use, and what a build that was
//! needed and did not come means for whoever needed it.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::OnceLock;
use std::time::Duration;

use crate::ground::artifacts::Artifacts;
use crate::ground::artifacts::BuildError;
use crate::ground::compiler;
use crate::ground::compiler::Compiler;
use crate::ground::flavor::Flavor;
use crate::ground::toolchain::Toolchain;
use crate::ground::workspace::Workspace;
use crate::judge::evidence::vocabulary::Vocabulary;
use crate::judge::failure::Failure;
use crate::judge::failure::FailureKind;
use crate::judge::subject::Build;
use crate::judge::subject::Subject;

/// The flavors that were built so far.
pub struct Builds<'a> {
    workspace: &'a Workspace,
    toolchain: &'a Toolchain,
    build: &'a dyn Build,
    stub: bool,
    time: Duration,
    done: Mutex<BTreeMap<Flavor, &'static Artifacts>>,
    vocabulary: OnceLock<Vocabulary>,
}

impl<'a> Builds<'a> {
    /// Nothing is built yet. The stub is left out if nobody links programs.
    pub fn new(
        workspace: &'a Workspace,
        toolchain: &'a Toolchain,
        build: &'a dyn Build,
        stub: bool,
    ) -> Self {
        Self {
            workspace,
            toolchain,
            build,
            stub,
            time: compiler::TIME,
            done: Mutex::default(),
            vocabulary: OnceLock::new(),
        }
    }

    /// The same, with another limit to the time that a case may take to compile.
    pub fn within(self, time: Duration) -> Self {
        Self { time, ..self }
    }

    /// A compiler for a flavor, whose crates are built on the first call.
    ///
    /// # Errors
    ///
    /// A crate is refused, or a compiler cannot be run.
    pub fn compiler(&self, flavor: Flavor) -> Result<Compiler<'a>, BuildError> {
        let mut done = self
            .done
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner());
        let artifacts = match done.get(&flavor) {
            Some(artifacts) => artifacts,
            None => {
                let built = self.build.build(flavor, self.stub)?;
                // There are few flavors in the life of a process.
                let built: &'static Artifacts = Box::leak(Box::new(built));
                done.insert(flavor, built);
                built
            }
        };
        Ok(Compiler {
            workspace: self.workspace,
            toolchain: self.toolchain,
            artifacts,
            flavor,
            in_full: false,
            time: self.time,
        })
    }

    /// The names that the sources of what is judged declare.
    pub fn vocabulary(&self, artifacts: &Artifacts) -> &Vocabulary {
        let vocabulary = || Vocabulary::of(&artifacts.sources);
        self.vocabulary.get_or_init(vocabulary)
    }
}

/// The failure of a build as the failure of a case that needs it.
pub fn build_failure(subject: &Subject, error: &BuildError, expected: &str) -> Failure {
    let got = match error {
        BuildError::Refused(errors) => errors
            .first()
            .map_or(String::new(), |error| error.rendered.trim_end().to_owned()),
        BuildError::Failed(error) => format!("{error:#}"),
    };
    let kind = match error {
        BuildError::Refused(_) => FailureKind::Unbuilt,
        BuildError::Failed(_) => FailureKind::NotJudged,
    };
    Failure {
        kind,
        line: None,
        expected: expected.to_owned(),
        got,
        next: subject.build_command.clone(),
    }
}

/// A build that was needed by a whole lane and did not come.
pub fn build_error(error: BuildError) -> anyhow::Error {
    match error {
        BuildError::Failed(error) => error,
        BuildError::Refused(errors) => {
            let first = errors
                .first()
                .map_or(String::new(), |error| error.headline());
            anyhow::anyhow!("the crates below do not build: {first}")
        }
    }
}
