//! The command line of the soundness harness.
//!
//! Owns the exit status and the complaints. Everything else is in the library.

use std::process::ExitCode;

use clap::Parser as _;
use soundcheck::cli::Bless;
use soundcheck::cli::Check;
use soundcheck::cli::Cli;
use soundcheck::cli::Command;
use soundcheck::cli::List;
use soundcheck::report::Format;
use soundcheck::CheckOptions;
use soundcheck::InputError;
use soundcheck::Summary;
use soundcheck::Target;
use soundcheck::Workspace;

fn main() -> ExitCode {
    let cli = Cli::parse();
    if let Err(error) = soundcheck::process::end_all_on_signals() {
        complain(&error);
        return ExitCode::from(2);
    }
    let result = match &cli.command {
        None => check(&cli.check),
        Some(Command::Check(arguments)) => check(arguments),
        Some(Command::List(arguments)) => list(arguments),
        Some(Command::Bless(arguments)) => bless(arguments),
        Some(Command::Matrix(arguments)) => {
            let status = soundcheck::matrix::run(&arguments.options(), &mut anstream::stdout());
            status.map(ExitCode::from)
        }
        Some(Command::Propose(arguments)) => {
            let proposed = soundcheck::propose::run(&arguments.options(), &mut anstream::stdout());
            proposed.map(|()| ExitCode::SUCCESS)
        }
        Some(Command::Review(arguments)) => {
            let status = soundcheck::review::run(&arguments.options(), &mut anstream::stdout());
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
    let summary = soundcheck::check(options, &mut reporters)?;
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
    soundcheck::watch::watch(&arguments.options(), &mut again, &mut say)?;
    Ok(ExitCode::SUCCESS)
}

fn list(arguments: &List) -> anyhow::Result<ExitCode> {
    let workspace = Workspace::open(arguments.root.as_deref(), None)?;
    let mut out = anstream::stdout().lock();
    let toolchain = arguments.toolchain.as_deref();
    let target = Target::of(&workspace, arguments.tree.options().as_ref())?;
    let format = arguments.format;
    soundcheck::list::list(
        &workspace,
        toolchain,
        target,
        &arguments.filters,
        format,
        &mut out,
    )?;
    Ok(ExitCode::SUCCESS)
}

fn bless(arguments: &Bless) -> anyhow::Result<ExitCode> {
    let report = soundcheck::bless::bless(&arguments.options())?;
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
