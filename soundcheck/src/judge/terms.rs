//! The terms on which a run judges: what a call may choose about how.
//!
//! What is selected, and what is judged, is said elsewhere.

use std::num::NonZeroUsize;
use std::time::Duration;

use crate::ground::compiler;
use crate::ground::flavor::Flavor;

/// How a run judges.
#[derive(Clone, Debug)]
pub struct Terms {
    /// The name of a toolchain or the path of a rustc; `None` means the pinned
    /// one.
    pub toolchain: Option<String>,
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
}

impl Default for Terms {
    fn default() -> Self {
        Self {
            toolchain: None,
            isolated: false,
            jobs: None,
            address_sanitizer: false,
            seed: None,
            timeout: Duration::from_secs(30),
            compiler_timeout: compiler::TIME,
        }
    }
}

impl Terms {
    /// How many processes run at once.
    pub fn jobs(&self) -> usize {
        let cores = || std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
        self.jobs.unwrap_or_else(cores).get()
    }

    /// The flavor in which programs run.
    pub fn run_flavor(&self) -> Flavor {
        match self.address_sanitizer {
            true => Flavor::Address,
            false => Flavor::Debug,
        }
    }
}
