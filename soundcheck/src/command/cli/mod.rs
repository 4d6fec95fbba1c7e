//! The command line: what can be said, and what it means.
//!
//! Owns the commands, and where in a call something may stand. What a command
//! takes is in a file of its own.

mod bless;
mod check;
mod lanes;
mod list;
mod matrix;
mod mutants;
mod place;
mod propose;
mod review;

use std::ffi::OsString;

use clap::parser::ValueSource;
use clap::ArgMatches;
use clap::Args as _;
use clap::CommandFactory as _;
use clap::FromArgMatches as _;
use clap::Parser;
use clap::Subcommand;

pub use bless::Bless;
pub use check::Check;
pub use list::List;
pub use matrix::Matrix;
pub use mutants::Mutants;
pub use place::Place;
pub use propose::Propose;
pub use review::Review;

use crate::command::options::CheckOptions;
use crate::ground::problem::InputError;
use crate::ground::problem::Problem;

/// Says which soundness claims of the API hold, which do not, and why.
#[derive(Debug, Parser)]
#[command(
    name = "soundcheck",
    bin_name = "cargo soundcheck",
    version,
    after_help = check::EXAMPLES
)]
pub struct Cli {
    /// The command; `check` if there is none.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// The arguments of `check`.
    #[command(flatten)]
    pub check: Check,
    /// What holds for every command.
    #[command(flatten)]
    pub place: Place,
}

/// A command.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Judge the cases (the default).
    #[command(after_help = check::EXAMPLES)]
    Check(Check),
    /// Print the cases.
    List(List),
    /// Rewrite the snapshots of what rustc says.
    #[command(after_help = bless::EXAMPLES)]
    Bless(Bless),
    /// Print what may be done in which state, and what nothing covers.
    Matrix(Matrix),
    /// Edit what is judged, and say who notices: what survives is not shown.
    #[command(after_help = mutants::EXAMPLES)]
    Mutants(Mutants),
    /// Add a context to the API and its contract, with everything undecided.
    #[command(after_help = propose::EXAMPLES)]
    Propose(Propose),
    /// Say of each patch of a series what holds, what broke and what is new.
    #[command(after_help = review::EXAMPLES)]
    Review(Review),
    /// Judge the cases again on each save.
    #[command(after_help = check::WATCH_EXAMPLES)]
    Watch(Check),
}

impl Cli {
    /// Reads a call. One that is not in order, or asks for help, ends here.
    ///
    /// # Errors
    ///
    /// Something stands where it would be misunderstood.
    pub fn read(words: impl IntoIterator<Item = OsString>) -> Result<Self, InputError> {
        let matches = Self::command().get_matches_from(words);
        let cli = Self::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
        match matches.subcommand_name() {
            Some(command) => refuse_before(command, &matches)?,
            None => refuse_command_among(&cli.check.filters)?,
        }
        Ok(cli)
    }

    /// What `check` is asked for by a call that names no command. A filter that
    /// matches nothing may be a command with a typo.
    ///
    /// # Errors
    ///
    /// The arguments contradict each other.
    pub fn default_options(&self) -> Result<CheckOptions, InputError> {
        Ok(CheckOptions {
            commands: commands(),
            ..self.check.options(&self.place)?
        })
    }
}

/// The names of all commands.
fn commands() -> Vec<String> {
    let command = Cli::command();
    let names = command.get_subcommands().map(clap::Command::get_name);
    names.map(str::to_owned).collect()
}

/// Before a command stand only options of every command: those of `check` would
/// not be heard.
fn refuse_before(command: &str, matches: &ArgMatches) -> Result<(), InputError> {
    let check = Check::augment_args(clap::Command::new("check"));
    let is_said = |id: &str| matches.value_source(id) == Some(ValueSource::CommandLine);
    let Some(said) = check
        .get_arguments()
        .find(|it| is_said(it.get_id().as_str()))
    else {
        return Ok(());
    };
    let said = match said.get_long() {
        Some(option) => format!("--{option} stands"),
        None => "a filter stands".to_owned(),
    };
    let what = format!("{said} before the command `{command}`, where nobody reads it");
    let next = format!("write `cargo soundcheck {command}` first");
    Err(InputError::one(Problem::new(what, next)))
}

/// Behind a filter, the name of a command would be one more filter.
fn refuse_command_among(filters: &[String]) -> Result<(), InputError> {
    let commands = commands();
    let Some(command) = filters.iter().find(|filter| commands.contains(filter)) else {
        return Ok(());
    };
    let what = format!("the command `{command}` stands behind a filter");
    let next = format!(
        "write `cargo soundcheck {command}` first; `cargo soundcheck check {}` takes it as a filter",
        filters.join(" ")
    );
    Err(InputError::one(Problem::new(what, next)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::judge::lane::Lane;

    fn read(words: &str) -> Result<Cli, String> {
        let words = words.split(' ').map(OsString::from);
        Cli::read(words).map_err(|error| error.to_string())
    }

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn check_is_the_default() {
        let cli = read("soundcheck guard --lane run").expect("it is in order");
        assert!(cli.command.is_none());
        assert_eq!(cli.check.filters, ["guard"]);
        assert_eq!(cli.check.lane, [Lane::RUN]);
    }

    #[test]
    fn options_of_every_command_stand_anywhere() {
        for words in [
            "soundcheck --root X --kernel K matrix guard --generation G",
            "soundcheck matrix --generation G --root X guard --kernel K",
            "soundcheck --generation G matrix --kernel K guard --root X",
        ] {
            let cli = read(words).expect("it is in order");
            let Some(Command::Matrix(matrix)) = &cli.command else {
                panic!("`{words}` is {cli:?}");
            };
            let options = matrix.options(&cli.place).expect("it is in order");
            assert_eq!(options.root.as_deref(), Some("X".into()));
            assert_eq!(options.filters, ["guard"]);
            let kernel = options.kernel.expect("a tree is named");
            assert_eq!(kernel.objtree, "K");
            assert_eq!(kernel.generation.as_deref(), Some("G"));
        }
    }

    #[test]
    fn options_of_check_before_a_command_are_refused() {
        let refused = |words| read(words).expect_err("it is not in order");
        assert!(refused("soundcheck --no-cache list").contains("--no-cache stands before"));
        assert!(refused("soundcheck --lane run watch").contains("`watch`"));
        assert!(refused("soundcheck guard --lane run list").contains("before the command `list`"));
    }

    #[test]
    fn a_command_behind_a_filter_is_refused_unless_check_is_said() {
        let refused = read("soundcheck guard matrix").expect_err("it is not in order");
        assert!(refused.contains("the command `matrix` stands behind a filter"));
        assert!(read("soundcheck check guard matrix").is_ok());
    }

    #[test]
    fn what_says_nothing_to_a_command_is_refused() {
        let place = |words| read(words).expect("it is in order").place;
        let kernel = place("soundcheck bless --kernel K");
        let refused = kernel.without_kernel("bless").expect_err("it is refused");
        assert!(refused
            .to_string()
            .contains("--kernel says nothing to `bless`"));
        let described = place("soundcheck list --source S").kernel();
        let refused = described.expect_err("no tree is named");
        assert!(refused
            .to_string()
            .contains("--source describes a kernel tree"));
    }
}
