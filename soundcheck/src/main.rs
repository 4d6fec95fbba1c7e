//! The command line of the soundness harness.
//!
//! Owns the exit status and the complaints. Everything else is in the library.

use std::process::ExitCode;

use soundcheck::cli::Bless;
use soundcheck::cli::Check;
use soundcheck::cli::Cli;
use soundcheck::cli::Command;
use soundcheck::cli::List;
use soundcheck::cli::Place;
use soundcheck::report::Format;
use soundcheck::stream;
use soundcheck::CheckOptions;
use soundcheck::InputError;
use soundcheck::Summary;
use soundcheck::Target;
use soundcheck::Workspace;

fn main() -> ExitCode {
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
        Some(Command::Matrix(arguments)) => {
            soundcheck::matrix::run(&arguments.options(place)?, &mut out)?
        }
        Some(Command::Propose(arguments)) => {
            soundcheck::propose::run(&arguments.options(place)?, &mut out).map(|()| 0)?
        }
        Some(Command::Review(arguments)) => {
            soundcheck::review::run(&arguments.options(place)?, &mut out)?
        }
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
    let summary = soundcheck::check(options, &mut reporters)?;
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
    soundcheck::watch::watch(&arguments.options(place)?, &mut again, &mut say)?;
    Ok(ExitCode::SUCCESS)
}

fn list(arguments: &List, place: &Place) -> anyhow::Result<ExitCode> {
    let workspace = Workspace::open(place.root.as_deref(), place.target_dir.as_deref())?;
    let target = Target::of(&workspace, place.kernel()?.as_ref())?;
    soundcheck::list::list(
        &workspace,
        place.toolchain.as_deref(),
        target,
        &arguments.filters,
        arguments.format,
        &mut stream::stdout(),
    )?;
    Ok(ExitCode::SUCCESS)
}

fn bless(arguments: &Bless, place: &Place) -> anyhow::Result<ExitCode> {
    let report = soundcheck::bless::bless(&arguments.options(place)?)?;
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
