//! The snapshot lane: the diagnostics of each committed case are the ones that
//! somebody has reviewed. A batch may decide that they are, and never that they
//! are not.
//!
//! It says whether a difference is one of wording or of the reason. It does not
//! judge marks: that is the verdict lane's.

use crate::ground::compiler::Compilation;
use crate::ground::compiler::Status;
use crate::ground::diagnostic::Diagnostic;
use crate::judge::case::Case;
use crate::judge::context::Context;
use crate::judge::context::LaneReport;
use crate::judge::context::Task;
use crate::judge::failure::Failure;
use crate::judge::failure::FailureKind;
use crate::judge::lane::Lane;
use crate::judge::lanes::compiling;
use crate::judge::lanes::compiling::Rules;
use crate::judge::runner::LaneRunner;
use crate::judge::snapshot;
use crate::judge::snapshot::Change;

/// The lane.
pub struct Snapshot;

impl LaneRunner for Snapshot {
    fn lane(&self) -> Lane {
        Lane::SNAPSHOT
    }

    fn judges(&self, case: &Case) -> bool {
        case.has_snapshot()
    }

    fn needs_stub(&self) -> bool {
        false
    }

    fn run(&self, task: &Task<'_>) -> anyhow::Result<LaneReport> {
        run(task)
    }
}

/// Judges all committed cases.
fn run(task: &Task<'_>) -> anyhow::Result<LaneReport> {
    let rules = Rules {
        lane: Lane::SNAPSHOT,
        twin: false,
        stage: |case| case.stage,
        split: compiling::refused_are_good,
        accepts: |context, case, errors| {
            context.snapshot(case) == Some(entry(context, case, errors).as_str())
        },
        judge,
    };
    compiling::run(task, &rules)
}

fn entry(context: &Context<'_>, case: &Case, errors: &[&Diagnostic]) -> String {
    snapshot::entry(context.workspace.root(), case, errors)
}

fn judge(context: &Context<'_>, case: &Case, compilation: &Compilation) -> Option<Failure> {
    let old = context.snapshot(case);
    let changed = |change: Change, how: String| {
        let got = format!("{}\n{how}", what(change));
        (FailureKind::Diagnostics, got, next(context, case, change))
    };
    let (kind, got, next) = match &compilation.status {
        Status::Crashed(crash) => {
            let next = crash.next().to_owned();
            (FailureKind::NotJudged, crash.to_string(), next)
        }
        Status::Clean => changed(Change::Reason, "the program compiles".to_owned()),
        Status::Refused => {
            let errors: Vec<&Diagnostic> = compilation.errors.iter().collect();
            let new = entry(context, case, &errors);
            let change = snapshot::compare(old, &new)?;
            changed(change, snapshot::describe(old.unwrap_or_default(), &new))
        }
    };
    let file = context
        .corpus
        .snapshots
        .home
        .file_of(&context.toolchain.label, &case.id);
    let first = case.expectations.first().map(|mark| mark.line);
    Some(Failure {
        kind,
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
    let toolchain = context.terms.toolchain.as_ref();
    let toolchain = toolchain.map_or(String::new(), |name| format!(" --toolchain {name}"));
    let bless = format!("cargo soundcheck bless{toolchain} {}", case.id);
    match change {
        Change::New | Change::Wording => format!("read it as a user would, then `{bless}`"),
        Change::Reason => {
            format!("look at the marks first; bless never edits them; then `{bless}`")
        }
    }
}
