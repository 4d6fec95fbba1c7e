//! The holes lane: every known hole is still open. The program that shows it
//! compiles without `unsafe`, and if it names a violation, the stub reports it.
//!
//! An open hole is waived and not passed: nobody shall take it for a proof.

use rayon::prelude::*;

use crate::ground::flavor::Flavor;
use crate::judge::builds::build_error;
use crate::judge::case::Case;
use crate::judge::context::Context;
use crate::judge::context::LaneReport;
use crate::judge::context::Task;
use crate::judge::event::Judgement;
use crate::judge::failure::Failure;
use crate::judge::failure::FailureKind;
use crate::judge::hole;
use crate::judge::kind::Kind;
use crate::judge::lane::Lane;
use crate::judge::lanes::controls::is_caught;
use crate::judge::lanes::linking::linked;
use crate::judge::program;
use crate::judge::program::Binary;
use crate::judge::program::Run;
use crate::judge::runner::LaneRunner;

/// The lane.
pub struct Holes;

impl LaneRunner for Holes {
    fn lane(&self) -> Lane {
        Lane::HOLES
    }

    fn judges(&self, case: &Case) -> bool {
        case.kind == Kind::Hole
    }

    fn run(&self, task: &Task<'_>) -> anyhow::Result<LaneReport> {
        run(task)
    }
}

/// Judges all known holes.
fn run(task: &Task<'_>) -> anyhow::Result<LaneReport> {
    let context = task.context;
    let compiler = context
        .builds
        .compiler(Flavor::Debug)
        .map_err(build_error)?;
    let linked = linked(context, compiler, Lane::HOLES, task.cases)?;
    let mut judgements: Vec<Judgement> = linked
        .failed
        .into_iter()
        .map(|judgement| refused(context, judgement))
        .collect();
    let judged: Vec<Judgement> = linked
        .runnable
        .par_iter()
        .map(|(binary, case)| judge(task, binary, case))
        .collect::<anyhow::Result<_>>()?;
    judgements.extend(judged);
    Ok(LaneReport {
        judgements,
        remark: String::new(),
    })
}

/// What the compiler says instead is a part of the report.
fn refused(context: &Context<'_>, judgement: Judgement) -> Judgement {
    let closed = hole::closed(context.subject, &judgement.id, hole::REFUSED);
    let failure = judgement.failure.map(|failure| match failure.kind {
        FailureKind::Refused => Failure {
            line: failure.line,
            got: format!("{}\n{}", closed.got, failure.got),
            ..closed
        },
        // What nobody could compile, over whatever API, says nothing about a hole.
        _ => Failure {
            kind: FailureKind::NotJudged,
            ..failure
        },
    });
    Judgement {
        failure,
        ..judgement
    }
}

fn judge(task: &Task<'_>, binary: &Binary, case: &Case) -> anyhow::Result<Judgement> {
    let context = task.context;
    let mut judgement = context.judgement(Lane::HOLES, case);
    match &case.violation {
        None => judgement.waived = Some(case.sentence.clone()),
        Some(wanted) => {
            let wanted = wanted.over(&context.subject.name);
            let run = binary.run(case, None)?;
            match is_caught(&run, wanted) {
                true => judgement.waived = Some(case.sentence.clone()),
                false => judgement.failure = Some(unlike(context, case, wanted, &run)),
            }
        }
    }
    (task.progress)(1);
    Ok(judgement)
}

/// The failure of a hole whose program did not do what it shows. The hole has
/// closed only if the program runs clean; one that ended for another reason says
/// nothing about it.
fn unlike(context: &Context<'_>, case: &Case, wanted: &str, run: &Run) -> Failure {
    let closed = hole::closed(context.subject, &case.id, hole::CLEAN);
    let expected = format!("violation {wanted}, and no other");
    if run.is_clean() {
        return Failure {
            expected,
            got: format!("{}\n{}", closed.got, run.describe()),
            ..closed
        };
    }
    Failure {
        kind: FailureKind::NotJudged,
        line: None,
        expected,
        got: format!("it ended for another reason\n{}", run.describe()),
        next: program::rerun(context.subject, case, Lane::HOLES.name(), Flavor::Debug),
    }
}
