//! What a run is asked for, by the command line, by tests or by `watch`.
//!
//! Owns the defaults, and what an option means for the cache and the selection.

use std::collections::BTreeSet;

use camino::Utf8PathBuf;

use crate::ground::problem::InputError;
use crate::ground::problem::Problem;
use crate::ground::workspace::Workspace;
use crate::judge::cache::Cache;
use crate::judge::lane::Lane;
use crate::judge::selection::Selection;
use crate::judge::terms::Terms;
use crate::subject::kernel::KernelOptions;

/// What a call of `check` asks for.
#[derive(Clone, Debug)]
pub struct CheckOptions {
    /// The root of the workspace, or `None` for the one around here.
    pub root: Option<Utf8PathBuf>,
    /// The directory for build output.
    pub target_dir: Option<Utf8PathBuf>,
    /// Substrings of ids.
    pub filters: Vec<String>,
    /// What may have been meant by a filter that matches nothing, beside ids.
    pub commands: Vec<String>,
    /// Lanes; empty means all.
    pub lanes: Vec<Lane>,
    /// Single verdicts by their names as tests, instead of filters and lanes.
    pub only: Option<BTreeSet<String>>,
    /// How it is judged.
    pub terms: Terms,
    /// Whether passes of earlier runs count.
    pub cache: bool,
    /// The kernel tree that is judged, if it is not what is in the workspace.
    pub kernel: Option<KernelOptions>,
}

impl Default for CheckOptions {
    fn default() -> Self {
        Self {
            root: None,
            target_dir: None,
            filters: Vec::new(),
            commands: Vec::new(),
            lanes: Vec::new(),
            only: None,
            terms: Terms::default(),
            cache: true,
            kernel: None,
        }
    }
}

impl CheckOptions {
    /// The cache of a workspace. An isolated run is there to check the batches
    /// that filled it, and does not look at it.
    pub fn cache(&self, workspace: &Workspace) -> Cache {
        match self.cache && !self.terms.isolated {
            true => Cache::of(workspace),
            false => Cache::of(workspace).without_passes(),
        }
    }

    /// The cases that are asked for.
    pub(crate) fn selection(&self) -> Selection {
        match &self.only {
            Some(names) => Selection::only(names.clone()),
            None => Selection::new(&self.filters).or_commands(&self.commands),
        }
    }

    /// The lanes that are asked for; none means all. The sanitizer makes sense
    /// for programs that must be clean only.
    ///
    /// # Errors
    ///
    /// The sanitizer is asked for, and another lane.
    pub(crate) fn lanes(&self) -> Result<Vec<Lane>, InputError> {
        if !self.terms.address_sanitizer {
            return Ok(self.lanes.clone());
        }
        if self.lanes.iter().any(|lane| *lane != Lane::RUN) {
            let what = "--sanitize judges the run lane only";
            let next = "leave --lane out, or say --lane run";
            return Err(InputError::one(Problem::new(what, next)));
        }
        Ok(vec![Lane::RUN])
    }
}
