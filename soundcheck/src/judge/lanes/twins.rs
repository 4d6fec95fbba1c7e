//! The twins lane: every twin of a forbidden program compiles, code generation
//! included. A batch may decide that a twin compiles, and never that it does
//! not.

use crate::ground::compiler::Compilation;
use crate::ground::compiler::Status;
use crate::judge::case::Case;
use crate::judge::case::Stage;
use crate::judge::context::Context;
use crate::judge::context::LaneReport;
use crate::judge::context::Task;
use crate::judge::event::Judgement;
use crate::judge::failure::Failure;
use crate::judge::failure::FailureKind;
use crate::judge::kind::Kind;
use crate::judge::lane::Lane;
use crate::judge::lanes::compiling;
use crate::judge::lanes::compiling::Rules;
use crate::judge::runner::LaneRunner;

/// The lane.
pub struct Twins;

impl LaneRunner for Twins {
    fn lane(&self) -> Lane {
        Lane::TWINS
    }

    fn judges(&self, case: &Case) -> bool {
        matches!(case.kind, Kind::Fail | Kind::Allowed)
    }

    fn links(&self) -> bool {
        false
    }

    fn run(&self, task: &Task<'_>) -> anyhow::Result<LaneReport> {
        compiling::run(task, &RULES)
    }

    fn hunt(&self, task: &Task<'_>) -> anyhow::Result<Option<Judgement>> {
        compiling::hunt(task, &RULES)
    }
}

/// A twin must compile, code generation included.
const RULES: Rules = Rules {
    lane: Lane::TWINS,
    twin: true,
    stage: |case| match case.stage {
        Stage::Alone => Stage::Alone,
        _ => Stage::Normal,
    },
    split: |peeled| {
        let mut open = peeled.alone;
        let refused = peeled.refused.into_iter();
        open.extend(refused.map(|index| (index, "refused in its batch")));
        (peeled.compiles, open)
    },
    accepts: |_, _, _| false,
    judge,
};

fn judge(_: &Context<'_>, case: &Case, compilation: &Compilation) -> Option<Failure> {
    let got = match &compilation.status {
        Status::Clean => return None,
        Status::Crashed(crash) => crash.to_string(),
        Status::Refused => {
            let rendered = compilation
                .errors
                .iter()
                .map(|error| error.rendered.trim_end());
            rendered.collect::<Vec<_>>().join("\n")
        }
    };
    let places = compilation
        .errors
        .iter()
        .flat_map(|error| error.places.iter().flatten());
    let line = places
        .filter(|place| place.file == case.file)
        .map(|place| place.line)
        .next();
    let (expected, next) = match case.kind {
        Kind::Allowed => (
            "the program compiles",
            "the API refuses what the contract allows: mend one of them",
        ),
        _ => (
            "the twin compiles",
            "make the `#[cfg(twin)]` side legal: it must be the smallest legal change",
        ),
    };
    let (kind, next) = match &compilation.status {
        Status::Crashed(crash) => (FailureKind::NotJudged, crash.next()),
        _ => (FailureKind::Refused, next),
    };
    Some(Failure {
        kind,
        line,
        expected: expected.to_owned(),
        got,
        next: next.to_owned(),
    })
}
