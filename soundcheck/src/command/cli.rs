//! The command line: what can be said, and what it means.

use std::num::NonZeroUsize;
use std::time::Duration;

use camino::Utf8PathBuf;
use clap::builder::PossibleValue;
use clap::builder::PossibleValuesParser;
use clap::builder::TypedValueParser;
use clap::Args;
use clap::Parser;
use clap::Subcommand;
use clap::ValueEnum;

use crate::command::bless;
use crate::command::list;
use crate::command::matrix;
use crate::command::options::CheckOptions;
use crate::command::propose;
use crate::command::review;
use crate::judge::lane::Lane;
use crate::judge::terms::Terms;
use crate::report;
use crate::report::ReportFile;
use crate::subject::kernel::KernelOptions;
use crate::subject::target;

const EXAMPLES: &str = "\
Examples:
  cargo soundcheck                                 judge everything
  cargo soundcheck guard                           judge the cases with `guard` in their id
  cargo soundcheck check --lane run --verbose      run the programs only
  cargo soundcheck check --isolated                one rustc a case, no batches
  cargo soundcheck check --no-cache                judge again what has not changed
  cargo soundcheck check --format json | tail -1   the summary as JSON
  cargo soundcheck check --report junit=junit.xml  and a report in a file
  cargo soundcheck check --toolchain nightly       judge with another compiler
  cargo soundcheck check --kernel ../build         judge the kernel crate of a tree
  cargo soundcheck check --kernel ../build nova    and its nova, over both crates
  cargo soundcheck bless ui-fail/guard             rewrite snapshots, never contracts
  cargo soundcheck list                            print every case
  cargo soundcheck watch guard                     judge again on each save
  cargo soundcheck propose Init --after Normal     add a context
  cargo soundcheck review v2.mbox --tree linux     what each patch breaks

Exit status: 0 all hold; 1 something is refuted or did not run; 2 the call or
its input is wrong.";

const PROPOSE_EXAMPLES: &str = "\
Examples:
  cargo soundcheck propose Init --after Normal --dry-run
  cargo soundcheck propose Init --after Normal
  cargo soundcheck propose Init --after Normal --before Registered

The first prints the edits; the second adds a context that weakens to `Normal`,
the third one to which `Registered` weakens as well.

It writes three files, and the run is red until every operation is decided;
docs/new-context.md walks through it. Exit status: 0 written; 2 refused, and
nothing was written.";

const REVIEW_EXAMPLES: &str = "\
Examples:
  b4 am -o - MESSAGE-ID | cargo soundcheck review - --tree linux
  cargo soundcheck review v2.mbox --tree linux
  cargo soundcheck review v2.mbox --tree linux --kernel linux-build
  cargo soundcheck review drm-next..topic --tree linux > reply.txt

Each patch is applied to a copy, and everything is judged again: before the
series, and after each patch. The tree itself is only read.

Exit status: 0 no patch broke what held before it, and nothing is refuted at
the end; 1 otherwise, also if a later patch mends it: somebody may bisect;
2 the call or its input is wrong.";

const WATCH_EXAMPLES: &str = "\
Examples:
  cargo soundcheck watch                  judge everything on each save
  cargo soundcheck watch guard            judge only cases with `guard` in the id
  cargo soundcheck watch --lane verdict   judge one lane

If only cases were saved, they are judged first. Input that cannot be judged is
complained about, and the next save is waited for. Ctrl-C ends.";

const BLESS_EXAMPLES: &str = "\
Examples:
  cargo soundcheck bless guard_send                rewrite the snapshots of a case
  cargo soundcheck bless ui-fail/guard/            rewrite those of a folder
  cargo soundcheck bless --toolchain nightly       take over what nightly says
  cargo soundcheck bless --toolchain /usr/bin/rustc guard_send

A case whose contract is not met is refused. Contracts are never rewritten.

Exit status: 0 all was blessed; 1 something was refused; 2 the call or its input
is wrong.";

/// Says which soundness claims of the API hold, which do not, and why.
#[derive(Debug, Parser)]
#[command(
    name = "soundcheck",
    bin_name = "cargo soundcheck",
    version,
    after_help = EXAMPLES,
    args_conflicts_with_subcommands = true
)]
pub struct Cli {
    /// The command; `check` if there is none.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// The arguments of `check`.
    #[command(flatten)]
    pub check: Check,
}

/// A command.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Judge the cases (the default).
    #[command(after_help = EXAMPLES)]
    Check(Check),
    /// Print the cases.
    List(List),
    /// Rewrite the snapshots of what rustc says.
    #[command(after_help = BLESS_EXAMPLES)]
    Bless(Bless),
    /// Print what may be done in which state, and what nothing covers.
    Matrix(Matrix),
    /// Add a context to the API and its contract, with everything undecided.
    #[command(after_help = PROPOSE_EXAMPLES)]
    Propose(Propose),
    /// Say of each patch of a series what holds, what broke and what is new.
    #[command(after_help = REVIEW_EXAMPLES)]
    Review(Review),
    /// Judge the cases again on each save.
    #[command(after_help = WATCH_EXAMPLES)]
    Watch(Check),
}

/// The arguments of `check`.
#[derive(Args, Debug)]
pub struct Check {
    /// Judge only cases with one of these texts in their id.
    #[arg(value_name = "FILTER")]
    pub filters: Vec<String>,
    /// Judge only this lane; may be repeated.
    #[arg(long, value_name = "NAME", value_parser = lanes())]
    pub lane: Vec<Lane>,
    /// How to report.
    #[arg(long, value_enum, default_value = "human")]
    pub format: report::Format,
    /// Report to a file as well, in any format; may be repeated.
    #[arg(long, value_name = "FORMAT=FILE")]
    pub report: Vec<ReportFile>,
    /// Compile every case alone, without batches.
    #[arg(long)]
    pub isolated: bool,
    /// Processes at once; by default one a core.
    #[arg(long, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
    /// Where the workspace is; by default around the current directory.
    #[arg(long, value_name = "DIR")]
    pub root: Option<Utf8PathBuf>,
    /// Where build output goes; by default `target` in the workspace.
    #[arg(long, value_name = "DIR")]
    pub target_dir: Option<Utf8PathBuf>,
    /// Judge with this toolchain of rustup, or the rustc at this path.
    #[arg(long, value_name = "NAME|PATH")]
    pub toolchain: Option<String>,
    /// Run the programs under a sanitizer; judges the run lane only.
    #[arg(long, value_enum, value_name = "NAME")]
    pub sanitize: Option<Sanitizer>,
    /// Judge everything again, also what passed before and has not changed.
    #[arg(long)]
    pub no_cache: bool,
    /// The seed of the shuffled batches and of the random sample that is confirmed alone.
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// How long a program may run.
    #[arg(long, value_name = "SECONDS", default_value = "30")]
    pub timeout: u64,
    /// Say which cases were confirmed alone, and why.
    #[arg(long, short)]
    pub verbose: bool,
    /// The kernel tree to judge.
    #[command(flatten)]
    pub tree: Tree,
}

/// The kernel tree that a call is about, instead of the API of the workspace.
#[derive(Args, Clone, Debug)]
pub struct Tree {
    /// Judge the kernel crate of a prepared kernel build.
    #[arg(long, value_name = "OBJTREE")]
    pub kernel: Option<Utf8PathBuf>,
    /// Where its sources are; by default where the build directory says.
    #[arg(long, value_name = "DIR", requires = "kernel")]
    pub source: Option<Utf8PathBuf>,
    /// Judge it as this generation of the API; by default as what it declares.
    #[arg(long, value_name = "NAME", requires = "kernel")]
    pub generation: Option<String>,
}

impl Tree {
    /// The options that the library takes.
    pub fn options(&self) -> Option<KernelOptions> {
        Some(KernelOptions {
            objtree: self.kernel.clone()?,
            source: self.source.clone(),
            generation: self.generation.clone(),
        })
    }
}

/// The arguments of `list`.
#[derive(Args, Debug)]
pub struct List {
    /// Print only cases with one of these texts in their id.
    #[arg(value_name = "FILTER")]
    pub filters: Vec<String>,
    /// How to print.
    #[arg(long, value_enum, default_value = "human")]
    pub format: list::Format,
    /// Name the lanes that run with this toolchain of rustup, or with the rustc
    /// at this path.
    #[arg(long, value_name = "NAME|PATH")]
    pub toolchain: Option<String>,
    /// Where the workspace is; by default around the current directory.
    #[arg(long, value_name = "DIR")]
    pub root: Option<Utf8PathBuf>,
    /// The kernel tree whose cases are printed.
    #[command(flatten)]
    pub tree: Tree,
}

/// The arguments of `bless`.
#[derive(Args, Debug)]
pub struct Bless {
    /// Rewrite only the snapshots of cases with one of these texts in their id.
    #[arg(value_name = "FILTER")]
    pub filters: Vec<String>,
    /// Take what this toolchain of rustup says, or the rustc at this path.
    #[arg(long, value_name = "NAME|PATH")]
    pub toolchain: Option<String>,
    /// Processes at once; by default one a core.
    #[arg(long, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
    /// Where the workspace is; by default around the current directory.
    #[arg(long, value_name = "DIR")]
    pub root: Option<Utf8PathBuf>,
    /// Where build output goes; by default `target` in the workspace.
    #[arg(long, value_name = "DIR")]
    pub target_dir: Option<Utf8PathBuf>,
}

/// The arguments of `matrix`.
#[derive(Args, Debug)]
pub struct Matrix {
    /// Print only cells with one of these texts in their id.
    #[arg(value_name = "FILTER")]
    pub filters: Vec<String>,
    /// How to print.
    #[arg(long, value_enum, default_value = "human")]
    pub format: matrix::Format,
    /// Write the programs of the cells as files of their own.
    #[arg(long, value_name = "DIR")]
    pub emit: Option<Utf8PathBuf>,
    /// Rewrite the cases under ui-fail/matrix.
    #[arg(long, conflicts_with = "emit")]
    pub update: bool,
    /// Where the workspace is; by default around the current directory.
    #[arg(long, value_name = "DIR")]
    pub root: Option<Utf8PathBuf>,
    /// Where build output goes; by default `target` in the workspace.
    #[arg(long, value_name = "DIR")]
    pub target_dir: Option<Utf8PathBuf>,
    /// The kernel tree whose matrix is printed.
    #[command(flatten)]
    pub tree: Tree,
}

/// The arguments of `propose`.
#[derive(Args, Debug)]
pub struct Propose {
    /// The name of the new context, in CamelCase.
    #[arg(value_name = "NAME")]
    pub name: String,
    /// The context that it weakens to: what that allows, it allows.
    #[arg(long, value_name = "CTX")]
    pub after: String,
    /// The context that weakens to it, instead of to the one after which it comes.
    #[arg(long, value_name = "CTX")]
    pub before: Option<String>,
    /// Print the edits and make none.
    #[arg(long)]
    pub dry_run: bool,
    /// Where the workspace is; by default around the current directory.
    #[arg(long, value_name = "DIR")]
    pub root: Option<Utf8PathBuf>,
}

/// The arguments of `review`.
#[derive(Args, Debug)]
pub struct Review {
    /// A mailbox, a patch, `-` for standard input, or a range A..B of the tree.
    #[arg(value_name = "SERIES")]
    pub series: String,
    /// The source tree that the series is for, or a build directory of it.
    #[arg(long, value_name = "DIR")]
    pub tree: Utf8PathBuf,
    /// The build directory with the bindings, if it is not the tree.
    #[arg(long, value_name = "OBJTREE")]
    pub kernel: Option<Utf8PathBuf>,
    /// Judge only this lane; may be repeated.
    #[arg(long, value_name = "NAME", value_parser = lanes())]
    pub lane: Vec<Lane>,
    /// Processes at once; by default one a core.
    #[arg(long, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
    /// Judge everything again, also what passed before and has not changed.
    #[arg(long)]
    pub no_cache: bool,
    /// Where the workspace is; by default around the current directory.
    #[arg(long, value_name = "DIR")]
    pub root: Option<Utf8PathBuf>,
    /// Where build output goes; by default `target` in the workspace.
    #[arg(long, value_name = "DIR")]
    pub target_dir: Option<Utf8PathBuf>,
}

/// The lanes by name, with what each proves.
fn lanes() -> impl TypedValueParser<Value = Lane> {
    let value = |lane: Lane| PossibleValue::new(lane.name()).help(lane.proves());
    let values = PossibleValuesParser::new(target::known_lanes().map(value));
    values.try_map(|name| {
        target::known_lanes()
            .find(|lane| lane.name() == name)
            .ok_or("no lane")
    })
}

/// A sanitizer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Sanitizer {
    /// AddressSanitizer.
    Address,
}

impl Propose {
    /// The options that the library takes.
    pub fn options(&self) -> propose::Options {
        propose::Options {
            root: self.root.clone(),
            name: self.name.clone(),
            after: self.after.clone(),
            before: self.before.clone(),
            dry_run: self.dry_run,
        }
    }
}

impl Review {
    /// The options that the library takes.
    pub fn options(&self) -> review::Options {
        review::Options {
            series: self.series.clone(),
            tree: self.tree.clone(),
            objtree: self.kernel.clone(),
            check: CheckOptions {
                root: self.root.clone(),
                target_dir: self.target_dir.clone(),
                lanes: self.lane.clone(),
                terms: Terms {
                    jobs: self.jobs,
                    ..Terms::default()
                },
                cache: !self.no_cache,
                ..CheckOptions::default()
            },
        }
    }
}

impl Bless {
    /// The options that the library takes.
    pub fn options(&self) -> bless::Options {
        bless::Options {
            root: self.root.clone(),
            target_dir: self.target_dir.clone(),
            toolchain: self.toolchain.clone(),
            filters: self.filters.clone(),
            jobs: self.jobs,
        }
    }
}

impl Matrix {
    /// The options that the library takes.
    pub fn options(&self) -> matrix::Options {
        matrix::Options {
            root: self.root.clone(),
            target_dir: self.target_dir.clone(),
            filters: self.filters.clone(),
            format: self.format,
            emit: self.emit.clone(),
            kernel: self.tree.options(),
            update: self.update,
        }
    }
}

impl Check {
    /// The reports that the call asks for.
    pub fn reports(&self) -> report::Choice {
        report::Choice {
            format: self.format,
            files: self.report.clone(),
            verbose: self.verbose,
        }
    }

    /// The options that the library takes.
    pub fn options(&self) -> CheckOptions {
        CheckOptions {
            root: self.root.clone(),
            target_dir: self.target_dir.clone(),
            filters: self.filters.clone(),
            lanes: self.lane.clone(),
            only: None,
            terms: Terms {
                toolchain: self.toolchain.clone(),
                isolated: self.isolated,
                jobs: self.jobs,
                address_sanitizer: self.sanitize.is_some(),
                seed: self.seed,
                timeout: Duration::from_secs(self.timeout),
            },
            cache: !self.no_cache,
            kernel: self.tree.options(),
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn check_is_the_default() {
        let cli = Cli::parse_from(["soundcheck", "guard", "--lane", "run"]);
        assert!(cli.command.is_none());
        assert_eq!(cli.check.filters, ["guard"]);
        assert_eq!(cli.check.lane, [Lane::RUN]);
    }
}
