//! The targets of the project, beside what was measured.

use std::time::Duration;

use serde::Serialize;

use crate::changes::Change;
use crate::contest::Measured;
use crate::cost::ratio;
use crate::runner::Kind;

/// A target and what became of it.
#[derive(Debug, Serialize)]
pub struct Target {
    /// What is wanted.
    pub wanted: String,
    /// What was measured.
    pub got: String,
    /// Whether it is reached.
    pub holds: bool,
}

/// The size that the targets speak about.
const CASES: usize = 1000;

/// The longest that a run after a small change may take.
const SOON: Duration = Duration::from_millis(200);

/// How much less CPU than trybuild and ui_test.
const LESS: [(Kind, f64); 2] = [(Kind::Trybuild, 15.0), (Kind::UiTest, 8.0)];

/// Ten times the cases may cost this many times as much.
const GROWTH: f64 = 11.0;

/// Every target that something was measured for.
pub fn targets(measured: &[Measured], changes: &[Change]) -> Vec<Target> {
    let cpu = |kind: Kind, cases: usize| {
        let mut measured = measured.iter();
        let found = measured.find(|one| one.kind == kind && one.cases == cases)?;
        Some(found.samples.cpu())
    };
    let rivals = LESS.iter().filter_map(|(rival, wanted)| {
        let times = ratio(cpu(*rival, CASES)?, cpu(Kind::Ours, CASES)?);
        let name = rival.name();
        Some(Target {
            wanted: format!("{wanted} times less CPU than {name} at {CASES} cases"),
            got: format!("{times:.1} times"),
            holds: times >= *wanted,
        })
    });
    let growth = [Kind::Ours, Kind::OursTwins]
        .into_iter()
        .filter_map(|kind| {
            let times = ratio(cpu(kind, 10 * CASES)?, cpu(kind, CASES)?);
            let name = kind.name();
            Some(Target {
                wanted: format!(
                    "10 times {CASES} cases cost at most {GROWTH} times as much ({name})"
                ),
                got: format!("{times:.1} times"),
                holds: times <= GROWTH,
            })
        });
    rivals
        .chain(growth)
        .chain(changes.iter().map(soon))
        .collect()
}

/// Without a change no compiler may be called at all.
fn soon(change: &Change) -> Target {
    let wall = change.samples.wall();
    let is_idle = change.what != "one case";
    let alone = if is_idle { ", without a compiler" } else { "" };
    Target {
        wanted: format!(
            "a run after a change of {} under 200 ms{alone}",
            change.what
        ),
        got: format!(
            "{} ms, {} calls of a compiler",
            wall.as_millis(),
            change.compilers
        ),
        holds: wall < SOON && (!is_idle || change.compilers == 0),
    }
}
