//! The snapshot lane: the diagnostics of each committed case are the ones that
//! somebody has reviewed. A batch may decide that they are, and never that they
//! are not.
//!
//! It says whether a difference is one of wording or of the reason. It does not
//! judge contracts: that is the verdict lane's.

use super::compiling;
use super::compiling::Rules;
use super::Context;
use super::Lane;
use super::LaneReport;
use crate::case::Case;
use crate::compiler::Compilation;
use crate::compiler::Status;
use crate::diagnostic::Diagnostic;
use crate::event::Failure;
use crate::snapshot;
use crate::snapshot::Change;

/// Judges all committed cases.
pub fn run(context: &Context<'_>) -> anyhow::Result<LaneReport> {
    let rules = Rules {
        lane: Lane::Snapshot,
        twin: false,
        stage: |case| case.stage,
        split: compiling::refused_are_good,
        accepts: |context, case, errors| {
            context.snapshot(case) == Some(entry(context, case, errors).as_str())
        },
        judge,
    };
    compiling::run(context, &rules)
}

fn entry(context: &Context<'_>, case: &Case, errors: &[&Diagnostic]) -> String {
    snapshot::entry(context.workspace.root(), case, errors)
}

fn judge(context: &Context<'_>, case: &Case, compilation: &Compilation) -> Option<Failure> {
    let old = context.snapshot(case);
    let changed = |change: Change, how: String| {
        let got = format!("{}\n{how}", what(change));
        (got, next(context, case, change))
    };
    let (got, next) = match &compilation.status {
        Status::Crashed(crash) => (crash.to_string(), crash.next().to_owned()),
        Status::Clean => changed(Change::Reason, "the program compiles".to_owned()),
        Status::Refused => {
            let errors: Vec<&Diagnostic> = compilation.errors.iter().collect();
            let new = entry(context, case, &errors);
            let change = snapshot::compare(old, &new)?;
            changed(change, snapshot::describe(old.unwrap_or_default(), &new))
        }
    };
    let file = snapshot::file_of(&context.toolchain.label, &case.id);
    let first = case.expectations.first().map(|mark| mark.line);
    Some(Failure {
        line: first,
        expected: match old {
            Some(_) => format!("the diagnostics of {file}"),
            None => format!("a snapshot in {file}"),
        },
        got,
        next,
    })
}

fn what(change: Change) -> &'static str {
    match change {
        Change::New => "new: nobody has reviewed this yet",
        Change::Wording => "wording: the same errors on the same lines, in other words",
        Change::Reason => "reason: other errors, or errors on other lines",
    }
}

fn next(context: &Context<'_>, case: &Case, change: Change) -> String {
    let toolchain = context.options.toolchain.as_ref();
    let toolchain = toolchain.map_or(String::new(), |name| format!(" --toolchain {name}"));
    let bless = format!("cargo soundcheck bless{toolchain} {}", case.id);
    match change {
        Change::New | Change::Wording => format!("read it as a user would, then `{bless}`"),
        Change::Reason => {
            format!("look at the contract first; bless never edits it; then `{bless}`")
        }
    }
}
