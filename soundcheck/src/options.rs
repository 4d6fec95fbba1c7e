//! What a run is asked for, by the command line, by tests or by `watch`.
//!
//! Owns the defaults, and what an option means for the cache, the builds and
//! the selection.

use std::collections::BTreeSet;
use std::num::NonZeroUsize;
use std::time::Duration;

use camino::Utf8PathBuf;

use crate::cache::Cache;
use crate::compiler;
use crate::lane::Lane;
use crate::problem::InputError;
use crate::problem::Problem;
use crate::selection::Selection;
use crate::toolchain::Flavor;
use crate::workspace::Workspace;

/// What a call of `check` asks for.
#[derive(Clone, Debug)]
pub struct CheckOptions {
    /// The root of the workspace, or `None` for the one around here.
    pub root: Option<Utf8PathBuf>,
    /// The directory for build output.
    pub target_dir: Option<Utf8PathBuf>,
    /// The name of a toolchain or the path of a rustc; `None` means the pinned
    /// one.
    pub toolchain: Option<String>,
    /// Substrings of ids.
    pub filters: Vec<String>,
    /// Lanes; empty means all.
    pub lanes: Vec<Lane>,
    /// Single verdicts by their names as tests, instead of filters and lanes.
    pub only: Option<BTreeSet<String>>,
    /// Whether every case is compiled alone.
    pub isolated: bool,
    /// Processes at once; `None` means one a core.
    pub jobs: Option<NonZeroUsize>,
    /// Whether programs run under AddressSanitizer.
    pub address_sanitizer: bool,
    /// The seed of the random sample; `None` means a new one.
    pub seed: Option<u64>,
    /// How long a program may run.
    pub timeout: Duration,
    /// How long rustc may take for a case.
    pub compiler_timeout: Duration,
    /// Whether passes of earlier runs count.
    pub cache: bool,
    /// The kernel tree that is judged, if it is not the API of the workspace.
    pub kernel: Option<KernelOptions>,
}

/// Which kernel tree is judged.
#[derive(Clone, Debug)]
pub struct KernelOptions {
    /// The build directory, with the generated bindings.
    pub objtree: Utf8PathBuf,
    /// The source tree; `None` means the one that the build directory names.
    pub source: Option<Utf8PathBuf>,
    /// The generation to judge it as; `None` means the one that it declares.
    pub generation: Option<String>,
}

impl Default for CheckOptions {
    fn default() -> Self {
        Self {
            root: None,
            target_dir: None,
            toolchain: None,
            filters: Vec::new(),
            lanes: Vec::new(),
            only: None,
            isolated: false,
            jobs: None,
            address_sanitizer: false,
            seed: None,
            timeout: Duration::from_secs(30),
            compiler_timeout: compiler::TIME,
            cache: true,
            kernel: None,
        }
    }
}

impl CheckOptions {
    /// How many processes run at once.
    pub fn jobs(&self) -> usize {
        let cores = || std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
        self.jobs.unwrap_or_else(cores).get()
    }

    /// The cache of a workspace. An isolated run is there to check the batches
    /// that filled it, and does not look at it.
    pub fn cache(&self, workspace: &Workspace) -> Cache {
        match self.cache && !self.isolated {
            true => Cache::of(workspace),
            false => Cache::none(),
        }
    }

    /// The flavor in which programs run.
    pub fn run_flavor(&self) -> Flavor {
        match self.address_sanitizer {
            true => Flavor::Address,
            false => Flavor::Debug,
        }
    }

    /// The sanitizer makes sense for programs that must be clean only.
    pub(crate) fn selection(&self) -> Result<Selection, InputError> {
        if let Some(names) = &self.only {
            return Ok(Selection::only(names.clone()));
        }
        if !self.address_sanitizer {
            return Ok(Selection::new(&self.filters, &self.lanes));
        }
        if self.lanes.iter().any(|lane| *lane != Lane::Run) {
            let what = "--sanitize judges the run lane only";
            let next = "leave --lane out, or say --lane run";
            return Err(InputError::one(Problem::new(what, next)));
        }
        Ok(Selection::new(&self.filters, &[Lane::Run]))
    }
}
