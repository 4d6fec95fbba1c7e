//! What is judged, as far as the judge must know it: data, and a way to build.
//!
//! The judge knows nobody by name. What all have in common is here; what they
//! are is a floor above.

use std::collections::BTreeSet;

use camino::Utf8PathBuf;

use crate::ground::artifacts::Artifacts;
use crate::ground::artifacts::BuildError;
use crate::ground::flavor::Flavor;

/// What is judged.
#[derive(Clone, Debug, Default)]
pub struct Subject {
    /// The name by which cases speak about it.
    pub name: String,
    /// The id of the verdict that it builds.
    pub id: String,
    /// What reports call it.
    pub title: String,
    /// Where what it is known to leave open is recorded.
    pub records: Utf8PathBuf,
    /// The options of a call that names it again, each after a space.
    pub options: String,
    /// The command that builds the same by hand.
    pub build_command: String,
    /// What is being built, for whoever waits.
    pub building: String,
    /// Whether it is that of the workspace, about which every claim must be
    /// proven, and whose diagnostics people read.
    pub is_own: bool,
    /// Whether what asserts layouts is run too, and not only compiled.
    pub runs_layouts: bool,
}

/// Builds the crates of a subject.
pub trait Build: Sync {
    /// Builds in a flavor, with the stub if wanted.
    ///
    /// # Errors
    ///
    /// A crate is refused, or a compiler cannot be run.
    fn build(&self, flavor: Flavor, stub: bool) -> Result<Artifacts, BuildError>;

    /// Builds several flavors at once, where that is faster. What goes wrong is
    /// said when one of them is built.
    fn prepare(&self, _flavors: &BTreeSet<Flavor>) {}
}
