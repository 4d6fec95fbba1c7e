//! The crates that cases link, however they were built.
//!
//! Owns what a compiler must be told about them, and whether somebody has built
//! anything else in their place since. Who builds them is a subject's business.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use camino::Utf8Path;
use camino::Utf8PathBuf;
use serde::Deserialize;
use serde::Serialize;

use crate::ground::diagnostic::Diagnostic;
use crate::ground::key::Key;
use crate::ground::record::Stamp;

/// The crates that cases link, by name.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Artifacts {
    /// Paths of rlibs by crate name.
    pub externs: BTreeMap<String, Utf8PathBuf>,
    /// The directories of all dependencies, also of procedural macros.
    pub dependencies: BTreeSet<Utf8PathBuf>,
    /// The libraries that the stub is built on, by crate name.
    pub libraries: BTreeMap<String, Utf8PathBuf>,
    /// What is the same in every call of the compiler.
    #[serde(default)]
    pub manner: Manner,
    /// Every file that a case may come to depend on.
    pub files: BTreeSet<Utf8PathBuf>,
    /// How those files looked when they were hashed.
    pub stamps: Vec<Stamp>,
    /// The folders of the packages in the workspace.
    pub packages: BTreeSet<Utf8PathBuf>,
    /// The folders with the sources of what is judged, without helpers and stub.
    #[serde(default)]
    pub sources: BTreeSet<Utf8PathBuf>,
    /// The hash of all files but the stub.
    pub digest: Key,
    /// The hash of the stub; of nothing if it was not built.
    pub stub: Key,
}

/// How cases are compiled and linked over the crates, whatever the case is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Manner {
    /// Flags of rustc beside those of the flavor.
    pub flags: Vec<String>,
    /// Variables of the compiler's environment.
    pub environment: BTreeMap<String, String>,
    /// Whether unstable flags are among them.
    pub is_unstable: bool,
    /// Whether cases need nothing of `std`, which is not searched by
    /// suggestions then.
    pub is_no_std: bool,
    /// Whether functions that nobody calls are linked too. A stub may have only
    /// those symbols that programs reach.
    pub dead_code: bool,
    /// What every generated crate root says first.
    pub prelude: String,
    /// The names of the configuration that cases may ask for, beside `twin`.
    pub cfgs: Vec<String>,
    /// How programs are run, if there is a stub.
    pub stub: Option<Stub>,
}

/// How programs are linked to a stub and run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stub {
    /// The name of its crate.
    pub name: String,
    /// The path of the function that takes a table of programs and runs one.
    pub runner: String,
    /// An expression: what turns the error of a program into a number.
    pub errno: String,
}

/// Why there are no artifacts.
#[derive(Debug)]
pub enum BuildError {
    /// The crates do not compile.
    Refused(Vec<Diagnostic>),
    /// The build itself failed.
    Failed(anyhow::Error),
}

impl Artifacts {
    /// Crates in places where nobody builds anything else.
    pub fn fixed(
        externs: BTreeMap<String, Utf8PathBuf>,
        dependencies: BTreeSet<Utf8PathBuf>,
        manner: Manner,
        digest: Key,
        stub: Key,
    ) -> Self {
        Self {
            externs,
            dependencies,
            manner,
            digest,
            stub,
            ..Self::default()
        }
    }

    /// The same crates, with the sources that they come from.
    pub fn from(self, sources: BTreeSet<Utf8PathBuf>) -> Self {
        Self { sources, ..self }
    }

    /// The same crates and one more.
    pub fn with(&self, name: &str, file: Utf8PathBuf) -> Self {
        let mut more = self.clone();
        more.externs.insert(name.to_owned(), file);
        more
    }

    /// Whether they were built from the packages of a workspace.
    pub fn is_of(&self, root: &Utf8Path) -> bool {
        let mut packages = self.packages.iter();
        !self.packages.is_empty() && packages.all(|package| package.starts_with(root))
    }

    /// Whether nobody has built anything else in their place.
    pub fn are_untouched(&self) -> bool {
        self.stamps.len() == self.files.len() && self.stamps.iter().all(Stamp::holds)
    }
}
