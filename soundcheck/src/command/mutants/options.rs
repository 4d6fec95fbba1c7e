//! What a call of `mutants` asks for.

use std::num::NonZeroUsize;

use camino::Utf8PathBuf;
use clap::ValueEnum;

use crate::subject::kernel::KernelOptions;

/// What a call of `mutants` asks for.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The root of the workspace, or `None` for the one around here.
    pub root: Option<Utf8PathBuf>,
    /// The directory for build output.
    pub target_dir: Option<Utf8PathBuf>,
    /// The name of a toolchain or the path of a rustc.
    pub toolchain: Option<String>,
    /// The kernel tree that is mutated, if it is not what is in the workspace.
    pub kernel: Option<KernelOptions>,
    /// Substrings of ids.
    pub filters: Vec<String>,
    /// How to report.
    pub format: Format,
    /// Whether mutants are printed and not judged.
    pub list: bool,
    /// Whether diffs are printed.
    pub diff: bool,
    /// Mutants judged at once; `None` means one a core.
    pub jobs: Option<NonZeroUsize>,
    /// Whether verdicts of earlier runs count.
    pub cache: bool,
    /// How long a program may run, in seconds.
    pub timeout: u64,
    /// How many mutants are judged, chosen at random.
    pub sample: Option<usize>,
    /// The seed of that choice.
    pub seed: u64,
    /// The part of the mutants that is judged.
    pub shard: Option<Shard>,
    /// A patch: only what it changes is mutated.
    pub in_diff: Option<Utf8PathBuf>,
    /// Who is looked for.
    pub wanted: Wanted,
    /// Whether the causes that were found are recorded.
    pub record: bool,
    /// Texts of which one is in the id of every case that looks.
    pub cases: Vec<String>,
}

/// Who is looked for among those who notice a mutant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Wanted {
    /// The first who does.
    #[default]
    First,
    /// Everybody.
    Everybody,
    /// The written cases of which it is a cause.
    Causes,
}

/// How mutants are reported.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    #[default]
    Human,
    /// One JSON object a line.
    Json,
}

/// One of several parts of equal size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    /// Which, from 1.
    pub number: usize,
    /// Of how many.
    pub of: usize,
}

impl std::str::FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parts = text.split_once('/');
        let parts = parts.and_then(|(number, of)| Some((number.parse().ok()?, of.parse().ok()?)));
        match parts {
            Some((number, of)) if (1..=of).contains(&number) => Ok(Self { number, of }),
            _ => Err("write it as K/N, with K from 1 to N".to_owned()),
        }
    }
}
