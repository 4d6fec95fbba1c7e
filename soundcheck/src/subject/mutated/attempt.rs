//! A build with an edit, and whose fault it is if it does not come.

use camino::Utf8PathBuf;
use serde::Deserialize;
use serde::Serialize;

use crate::ground::diagnostic::Diagnostic;
use crate::judge::subject::Build;

/// Which crate does not build with an edit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Whose {
    /// The one that was edited.
    Edited,
    /// Another one under judgement, which is compiled over it.
    Above,
    /// One that only cases need.
    Helper,
}

/// A build with an edit.
pub trait Attempt: Build {
    /// Which crate the errors are of. `judged` are the files under judgement.
    fn whose(&self, errors: &[Diagnostic], judged: &[Utf8PathBuf]) -> Whose;

    /// Whether a compiler was not done in time.
    fn is_late(&self) -> bool;
}
