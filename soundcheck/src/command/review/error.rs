//! Why a review ends without a report.

use std::io;

use camino::Utf8PathBuf;

use crate::ground::problem::InputError;

/// Why a review ends without a report.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The series, the tree or the call is wrong.
    #[error(transparent)]
    Input(#[from] InputError),
    /// A program that is needed cannot be run.
    #[error("cannot run {program}")]
    Run {
        /// Its name.
        program: String,
        /// Why.
        source: io::Error,
    },
    /// git refuses what it must not refuse.
    #[error("git {command} failed in the scratch tree: {said}")]
    Git {
        /// What it was told to do.
        command: String,
        /// Its complaint.
        said: String,
    },
    /// A file of the tree or of the copy.
    #[error("cannot copy or read {path}")]
    File {
        /// The file.
        path: Utf8PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The tree could not be judged.
    #[error(transparent)]
    Judge(#[from] anyhow::Error),
}

impl Error {
    /// A file that cannot be read or written.
    pub fn file(path: impl Into<Utf8PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        |source| Self::File { path, source }
    }

    /// The same for the command line, which tells wrong input apart.
    pub fn into_anyhow(self) -> anyhow::Error {
        match self {
            Error::Input(error) => error.into(),
            Error::Judge(error) => error,
            other => other.into(),
        }
    }
}
