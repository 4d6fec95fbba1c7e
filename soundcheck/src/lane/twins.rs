//! The twins lane: every twin of a forbidden program compiles, code generation
//! included. A batch may decide that a twin compiles, and never that it does
//! not.

use super::compiling;
use super::compiling::Rules;
use super::Context;
use super::Lane;
use super::LaneReport;
use crate::case::Case;
use crate::case::Kind;
use crate::case::Stage;
use crate::compiler::Compilation;
use crate::compiler::Status;
use crate::event::Failure;

/// Judges all twins.
pub fn run(context: &Context<'_>) -> anyhow::Result<LaneReport> {
    let rules = Rules {
        lane: Lane::Twins,
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
    compiling::run(context, &rules)
}

fn judge(_: &Context<'_>, case: &Case, compilation: &Compilation) -> Option<Failure> {
    let got = match &compilation.status {
        Status::Clean => return None,
        Status::Crashed(how) => how.clone(),
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
            "the API refuses what contracts/api.toml allows: mend one of them",
        ),
        _ => (
            "the twin compiles",
            "make the `#[cfg(twin)]` side legal: it must be the smallest legal change",
        ),
    };
    Some(Failure {
        line,
        expected: expected.to_owned(),
        got,
        next: next.to_owned(),
    })
}
