//! A call of the tool: the command that it names, its exit status, and what it
//! complains about.

use std::process::ExitCode;

use clap::Parser as _;

use crate::command::bless;
use crate::command::check;
use crate::command::cli::Bless;
use crate::command::cli::Check;
use crate::command::cli::Cli;
use crate::command::cli::Command;
use crate::command::cli::List;
use crate::command::list;
use crate::command::matrix;
use crate::command::options::CheckOptions;
use crate::command::propose;
use crate::command::review;
use crate::command::watch;
use crate::ground::problem::InputError;
use crate::ground::workspace::Workspace;
use crate::judge::event::Summary;
use crate::report::Format;
use crate::subject::target::Target;

/// Does what the command line says, and gives the exit status.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let result = match &cli.command {
        None => check(&cli.check),
        Some(Command::Check(arguments)) => check(arguments),
        Some(Command::List(arguments)) => list(arguments),
        Some(Command::Bless(arguments)) => bless(arguments),
        Some(Command::Matrix(arguments)) => {
            let status = matrix::run(&arguments.options(), &mut anstream::stdout());
            status.map(ExitCode::from)
        }
        Some(Command::Propose(arguments)) => {
            let proposed = propose::run(&arguments.options(), &mut anstream::stdout());
            proposed.map(|()| ExitCode::SUCCESS)
        }
        Some(Command::Review(arguments)) => {
            let status = review::run(&arguments.options(), &mut anstream::stdout());
            status.map(ExitCode::from)
        }
        Some(Command::Watch(arguments)) => watch(arguments),
    };
    result.unwrap_or_else(|error| {
        complain(&error);
        ExitCode::from(2)
    })
}

fn check(arguments: &Check) -> anyhow::Result<ExitCode> {
    let summary = judge(arguments, &arguments.options())?;
    Ok(ExitCode::from(summary.exit_code()))
}

/// Judges as `options` ask for, and reports as the arguments do.
fn judge(arguments: &Check, options: &CheckOptions) -> anyhow::Result<Summary> {
    let mut reporters = arguments.reports().reporters()?;
    let summary = check::check(options, &mut reporters)?;
    for problem in &summary.unwritten {
        anstream::eprintln!("error: {problem}");
    }
    Ok(summary)
}

fn watch(arguments: &Check) -> anyhow::Result<ExitCode> {
    let mut again = |options: &CheckOptions| {
        if let Err(error) = judge(arguments, options) {
            complain(&error);
        }
    };
    let mut say = |words: &str| match arguments.format == Format::Human {
        true => anstream::println!("{words}"),
        false => anstream::eprintln!("{words}"),
    };
    watch::watch(&arguments.options(), &mut again, &mut say)?;
    Ok(ExitCode::SUCCESS)
}

fn list(arguments: &List) -> anyhow::Result<ExitCode> {
    let workspace = Workspace::open(arguments.root.as_deref(), None)?;
    let mut out = anstream::stdout().lock();
    let toolchain = arguments.toolchain.as_deref();
    let target = Target::open(&workspace, arguments.tree.options().as_ref())?;
    let format = arguments.format;
    list::list(
        &workspace,
        toolchain,
        &target,
        &arguments.filters,
        format,
        &mut out,
    )?;
    Ok(ExitCode::SUCCESS)
}

fn bless(arguments: &Bless) -> anyhow::Result<ExitCode> {
    let report = bless::bless(&arguments.options())?;
    report.write(&mut anstream::stdout().lock())?;
    Ok(ExitCode::from(report.exit_code()))
}

/// One line for each thing that is wrong.
fn complain(error: &anyhow::Error) {
    match error.downcast_ref::<InputError>() {
        Some(InputError(problems)) => {
            for problem in problems {
                anstream::eprintln!("error: {problem}");
            }
        }
        None => anstream::eprintln!("error: {error:#}"),
    }
}
