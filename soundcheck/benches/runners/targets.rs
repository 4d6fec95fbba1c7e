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

/// The longest that a run may take in which nothing was changed.
const AT_ONCE: Duration = Duration::from_millis(100);

/// The longest that a run after a change of one case may take.
const SOON: Duration = Duration::from_millis(200);

/// How much less CPU than a rival each of our ways takes.
const LESS: [(Kind, Kind, f64); 4] = [
    (Kind::Ours, Kind::Trybuild, 40.0),
    (Kind::Ours, Kind::UiTest, 18.0),
    (Kind::OursTwins, Kind::Trybuild, 25.0),
    (Kind::OursTwins, Kind::UiTest, 12.0),
];

/// The same for the cases in the repository, as they are.
const LESS_COMMITTED: f64 = 16.0;

/// The most CPU that a case may cost.
const A_CASE: Duration = Duration::from_micros(2600);

/// Ten times the cases may cost this many times as much.
const GROWTH: f64 = 11.0;

/// Every target that something was measured for.
pub fn targets(
    measured: &[Measured],
    (cases, committed): (usize, usize),
    changes: &[Change],
) -> Vec<Target> {
    let cpu = |kind: Kind, cases: usize| {
        let mut measured = measured.iter();
        let found = measured.find(|one| one.kind == kind && one.cases == cases)?;
        Some(found.samples.cpu())
    };
    let less = |ours: Kind, rival: Kind, cases: usize, wanted: f64| {
        let times = ratio(cpu(rival, cases)?, cpu(ours, cases)?);
        let (name, ours) = (rival.name(), ours.name());
        Some(Target {
            wanted: format!("{wanted} times less CPU than {name} at {cases} cases ({ours})"),
            got: format!("{times:.1} times"),
            holds: times >= wanted,
        })
    };
    let rivals = LESS.iter();
    let rivals = rivals.filter_map(|(ours, rival, wanted)| less(*ours, *rival, cases, *wanted));
    let committed = less(Kind::Ours, Kind::Trybuild, committed, LESS_COMMITTED);
    let a_case = cpu(Kind::Ours, cases).map(|cpu| cpu.div_f64(cases as f64));
    let a_case = a_case.map(|cost| Target {
        wanted: format!(
            "at most {:.1} ms of CPU a case at {cases} cases",
            millis(A_CASE)
        ),
        got: format!("{:.2} ms", millis(cost)),
        holds: cost <= A_CASE,
    });
    let growth = [Kind::Ours, Kind::OursTwins]
        .into_iter()
        .filter_map(|kind| {
            let times = ratio(cpu(kind, 10 * cases)?, cpu(kind, cases)?);
            let name = kind.name();
            Some(Target {
                wanted: format!(
                    "10 times {cases} cases cost at most {GROWTH} times as much ({name})"
                ),
                got: format!("{times:.1} times"),
                holds: times <= GROWTH,
            })
        });
    rivals
        .chain(committed)
        .chain(a_case)
        .chain(growth)
        .chain(changes.iter().map(soon))
        .collect()
}

/// Without a change no compiler may be called at all.
fn soon(change: &Change) -> Target {
    let wall = change.samples.wall();
    let is_idle = change.what != "one case";
    let alone = if is_idle { ", without a compiler" } else { "" };
    let limit = if is_idle { AT_ONCE } else { SOON };
    Target {
        wanted: format!(
            "a run after a change of {} under {} ms{alone}",
            change.what,
            limit.as_millis()
        ),
        got: format!(
            "{} ms, {} calls of a compiler",
            wall.as_millis(),
            change.compilers
        ),
        holds: wall < limit && (!is_idle || change.compilers == 0),
    }
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
