//! A call of the tool: the command that it names, its exit status, and what it
//! complains about.

use std::process::ExitCode;

use crate::command::bless;
use crate::command::check;
use crate::command::cli::Bless;
use crate::command::cli::Check;
use crate::command::cli::Cli;
use crate::command::cli::Command;
use crate::command::cli::List;
use crate::command::cli::Place;
use crate::command::list;
use crate::command::matrix;
use crate::command::mutants;
use crate::command::options::CheckOptions;
use crate::command::propose;
use crate::command::review;
use crate::command::watch;
use crate::ground::problem::InputError;
use crate::ground::process;
use crate::ground::stream;
use crate::ground::workspace::Workspace;
use crate::judge::event::Summary;
use crate::report::Format;
use crate::subject::target::Target;

/// Does what the command line says, and gives the exit status.
pub fn main() -> ExitCode {
    if let Err(error) = process::end_all_on_signals() {
        complain(&error);
        return ExitCode::from(2);
    }
    let result = Cli::read(std::env::args_os()).map_err(anyhow::Error::from);
    result.and_then(|cli| run(&cli)).unwrap_or_else(|error| {
        complain(&error);
        ExitCode::from(2)
    })
}

fn run(cli: &Cli) -> anyhow::Result<ExitCode> {
    let place = &cli.place;
    let mut out = stream::stdout();
    let status = match &cli.command {
        None => return check(&cli.check, &cli.default_options()?),
        Some(Command::Check(arguments)) => return check(arguments, &arguments.options(place)?),
        Some(Command::Watch(arguments)) => return watch(arguments, place),
        Some(Command::List(arguments)) => return list(arguments, place),
        Some(Command::Bless(arguments)) => return bless(arguments, place),
        Some(Command::Matrix(arguments)) => matrix::run(&arguments.options(place)?, &mut out)?,
        Some(Command::Mutants(arguments)) => mutants::run(&arguments.options(place)?, &mut out)?,
        Some(Command::Propose(arguments)) => {
            propose::run(&arguments.options(place)?, &mut out).map(|()| 0)?
        }
        Some(Command::Review(arguments)) => review::run(&arguments.options(place)?, &mut out)?,
    };
    Ok(ExitCode::from(status))
}

fn check(arguments: &Check, options: &CheckOptions) -> anyhow::Result<ExitCode> {
    let summary = judge(arguments, options)?;
    Ok(ExitCode::from(summary.exit_code()))
}

/// Judges as `options` ask for, and reports as the arguments do.
fn judge(arguments: &Check, options: &CheckOptions) -> anyhow::Result<Summary> {
    let mut reporters = arguments.reports().reporters()?;
    let summary = check::check(options, &mut reporters)?;
    for problem in &summary.unwritten {
        stream::complain(&format!("error: {problem}"));
    }
    Ok(summary)
}

fn watch(arguments: &Check, place: &Place) -> anyhow::Result<ExitCode> {
    let mut again = |options: &CheckOptions| {
        if let Err(error) = judge(arguments, options) {
            complain(&error);
        }
    };
    let mut say = |words: &str| match arguments.format == Format::Human {
        true => stream::say(words),
        false => stream::complain(words),
    };
    watch::watch(&arguments.options(place)?, &mut again, &mut say)?;
    Ok(ExitCode::SUCCESS)
}

fn list(arguments: &List, place: &Place) -> anyhow::Result<ExitCode> {
    let workspace = Workspace::open(place.root.as_deref(), place.target_dir.as_deref())?;
    let target = Target::open(&workspace, place.kernel()?.as_ref())?;
    list::list(
        &workspace,
        place.toolchain.as_deref(),
        &target,
        &arguments.filters,
        arguments.format,
        &mut stream::stdout(),
    )?;
    Ok(ExitCode::SUCCESS)
}

fn bless(arguments: &Bless, place: &Place) -> anyhow::Result<ExitCode> {
    let report = bless::bless(&arguments.options(place)?)?;
    report.write(&mut stream::stdout())?;
    Ok(ExitCode::from(report.exit_code()))
}

/// One line for each thing that is wrong.
fn complain(error: &anyhow::Error) {
    match error.downcast_ref::<InputError>() {
        Some(InputError(problems)) => {
            for problem in problems {
                stream::complain(&format!("error: {problem}"));
            }
        }
        None => stream::complain(&format!("error: {error:#}")),
    }
}
