//! The command line of the soundness harness.
//!
//! Owns the exit status and the complaints. Everything else is in the library.

use std::process::ExitCode;

use clap::Parser as _;
use soundcheck::cli::Check;
use soundcheck::cli::Cli;
use soundcheck::cli::Command;
use soundcheck::cli::List;
use soundcheck::InputError;
use soundcheck::Workspace;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let result = match &cli.command {
        None => check(&cli.check),
        Some(Command::Check(arguments)) => check(arguments),
        Some(Command::List(arguments)) => list(arguments),
        Some(Command::Matrix(arguments)) => {
            let status = soundcheck::matrix::run(&arguments.options(), &mut anstream::stdout());
            status.map(ExitCode::from)
        }
    };
    result.unwrap_or_else(|error| {
        complain(&error);
        ExitCode::from(2)
    })
}

fn check(arguments: &Check) -> anyhow::Result<ExitCode> {
    let mut reporters = arguments.reports().reporters()?;
    let summary = soundcheck::check(&arguments.options(), &mut reporters)?;
    for problem in &summary.unwritten {
        anstream::eprintln!("error: {problem}");
    }
    Ok(ExitCode::from(summary.exit_code()))
}

fn list(arguments: &List) -> anyhow::Result<ExitCode> {
    let workspace = Workspace::open(arguments.root.as_deref(), None)?;
    let mut out = anstream::stdout().lock();
    soundcheck::list::list(&workspace, &arguments.filters, arguments.format, &mut out)?;
    Ok(ExitCode::SUCCESS)
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
