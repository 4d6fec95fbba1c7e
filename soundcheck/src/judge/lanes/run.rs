//! The run lane: every program runs on the stub without a violation, and again
//! with each of its fallible calls failing in turn.

use rayon::prelude::*;

use crate::ground::flavor::Flavor;
use crate::judge::builds::build_error;
use crate::judge::case::Case;
use crate::judge::context::LaneReport;
use crate::judge::context::Task;
use crate::judge::event::Judgement;
use crate::judge::event::Outcome;
use crate::judge::failure::Failure;
use crate::judge::failure::FailureKind;
use crate::judge::kind::Kind;
use crate::judge::lane::Lane;
use crate::judge::lanes::linking::linked;
use crate::judge::program;
use crate::judge::program::Binary;
use crate::judge::program::End;
use crate::judge::program::Report;
use crate::judge::program::Run;
use crate::judge::runner::LaneRunner;
use crate::judge::terms::Terms;

/// The lane.
pub struct RunLane;

impl LaneRunner for RunLane {
    fn lane(&self) -> Lane {
        Lane::RUN
    }

    fn judges(&self, case: &Case) -> bool {
        case.kind == Kind::Pass || (case.kind == Kind::Allowed && case.run)
    }

    fn flavors(&self, terms: &Terms) -> Vec<Flavor> {
        vec![terms.run_flavor()]
    }

    fn run(&self, task: &Task<'_>) -> anyhow::Result<LaneReport> {
        run(task)
    }

    fn hunt(&self, task: &Task<'_>) -> anyhow::Result<Option<Judgement>> {
        hunt(task)
    }
}

/// Runs programs one after the other, up to the first that does not hold.
fn hunt(task: &Task<'_>) -> anyhow::Result<Option<Judgement>> {
    let context = task.context;
    let flavor = context.terms.run_flavor();
    let compiler = context.builds.compiler(flavor).map_err(build_error)?;
    let linked = linked(context, compiler, Lane::RUN, task.cases)?;
    let mut runnable = linked.runnable.iter();
    let ran = runnable
        .by_ref()
        .map(|(binary, case)| judge(task, Lane::RUN, binary, flavor, case));
    let mut all = linked.failed.into_iter().map(Ok).chain(ran);
    all.find(|judged| {
        let outcome = judged.as_ref().map(Judgement::outcome);
        outcome.map_or(true, |outcome| outcome == Outcome::Fail)
    })
    .transpose()
}

/// Judges all programs.
fn run(task: &Task<'_>) -> anyhow::Result<LaneReport> {
    let context = task.context;
    let flavor = context.terms.run_flavor();
    let compiler = context.builds.compiler(flavor).map_err(build_error)?;
    let linked = linked(context, compiler, Lane::RUN, task.cases)?;
    let mut judgements = linked.failed;
    let judged: Vec<Judgement> = linked
        .runnable
        .par_iter()
        .map(|(binary, case)| judge(task, Lane::RUN, binary, flavor, case))
        .collect::<anyhow::Result<_>>()?;
    judgements.extend(judged);
    let replays: usize = judgements.iter().map(|judgement| judgement.replays).sum();
    Ok(LaneReport {
        judgements,
        remark: format!("{replays} replays with a failing call"),
    })
}

/// Runs a program, and again with each of its fallible calls failing in turn.
pub fn judge(
    task: &Task<'_>,
    lane: Lane,
    binary: &Binary,
    flavor: Flavor,
    case: &Case,
) -> anyhow::Result<Judgement> {
    let context = task.context;
    let mut judgement = context.judgement(lane, case);
    let first = binary.run(case, None)?;
    let mut failed = fault_of(&first, None).map(|fault| (fault, first.describe()));
    let calls = first.report.map_or(0, |report| report.fallible_calls);
    if case.replay && failed.is_none() {
        let replays: Vec<Option<(String, String)>> = (1..=calls)
            .into_par_iter()
            .map(|nth| replay(binary, case, nth))
            .collect::<anyhow::Result<_>>()?;
        judgement.replays = replays.len();
        failed = replays.into_iter().flatten().next();
    }
    judgement.failure = failed.map(|(expected, got)| Failure {
        kind: FailureKind::Misbehaved,
        line: None,
        expected,
        got,
        next: program::rerun(context.subject, case, lane.name(), flavor),
    });
    (task.progress)(1);
    Ok(judgement)
}

fn replay(binary: &Binary, case: &Case, nth: u64) -> anyhow::Result<Option<(String, String)>> {
    let run = binary.run(case, Some(nth))?;
    Ok(fault_of(&run, Some(nth)).map(|fault| (fault, run.describe())))
}

/// What a run should have done and did not, if anything.
fn fault_of(run: &Run, nth: Option<u64>) -> Option<String> {
    let expected = match nth {
        None => "outcome ok and no violation".to_owned(),
        Some(nth) => format!("no violation when fallible call {nth} fails"),
    };
    let is_good = run.report.as_ref().is_ok_and(|report| is_good(report, nth))
        && run.exit.is_success()
        && run.sanitizer().is_none();
    (!is_good).then_some(expected)
}

fn is_good(report: &Report, nth: Option<u64>) -> bool {
    let is_outcome = match nth {
        None => report.outcome == End::Ok,
        // With threads, a later call may not be reached every time. The first
        // one is, so that a runner without injection cannot pass.
        Some(nth) => {
            (report.outcome == End::Ok || (report.outcome == End::Error && report.fault.is_some()))
                && (nth > 1 || report.fault.is_some())
        }
    };
    is_outcome && report.violations.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_good_line(line: &str, nth: Option<u64>) -> bool {
        let report: Report = serde_json::from_str(line).expect("the line is a report");
        is_good(&report, nth)
    }

    #[test]
    fn a_first_run_must_be_ok() {
        assert!(is_good_line(r#"{"id":"a","outcome":"ok"}"#, None));
        assert!(!is_good_line(
            r#"{"id":"a","outcome":"error","errno":-12}"#,
            None
        ));
        assert!(!is_good_line(r#"{"id":"a","outcome":"panic"}"#, None));
    }

    #[test]
    fn a_replay_may_end_in_an_error_if_a_call_failed() {
        let failed = r#"{"id":"a","outcome":"error","fault":{"call":"kmalloc","nth":2}}"#;
        assert!(is_good_line(failed, Some(2)));
        assert!(!is_good_line(r#"{"id":"a","outcome":"error"}"#, Some(2)));
    }

    #[test]
    fn the_first_replay_must_have_a_fault() {
        assert!(!is_good_line(r#"{"id":"a","outcome":"ok"}"#, Some(1)));
        assert!(is_good_line(r#"{"id":"a","outcome":"ok"}"#, Some(2)));
    }

    #[test]
    fn a_violation_is_never_good() {
        let line = r#"{"id":"a","outcome":"ok","violations":[{"name":"leak"}]}"#;
        assert!(!is_good_line(line, None));
        assert!(!is_good_line(line, Some(2)));
    }
}
