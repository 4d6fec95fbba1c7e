//! The holes lane: every known hole is still open. The program that shows it
//! compiles without `unsafe`, and if it names a violation, the stub reports it.
//!
//! An open hole is waived and not passed: nobody shall take it for a proof.

use rayon::prelude::*;

use super::build_error;
use super::linking::linked;
use super::necessity::is_caught;
use super::Context;
use super::Lane;
use super::LaneReport;
use crate::case::Case;
use crate::event::Failure;
use crate::event::Judgement;
use crate::hole;
use crate::program::Binary;
use crate::toolchain::Flavor;

/// Judges all known holes.
pub fn run(context: &Context<'_>) -> anyhow::Result<LaneReport> {
    let compiler = context
        .builds
        .compiler(Flavor::Debug)
        .map_err(build_error)?;
    let linked = linked(context, compiler, Lane::Holes, context.cases)?;
    let mut judgements: Vec<Judgement> = linked
        .failed
        .into_iter()
        .map(|judgement| refused(context, judgement))
        .chain(linked.unjudged)
        .collect();
    let judged: Vec<Judgement> = linked
        .runnable
        .par_iter()
        .map(|(binary, case)| judge(context, binary, case))
        .collect::<anyhow::Result<_>>()?;
    judgements.extend(judged);
    Ok(LaneReport {
        judgements,
        remark: String::new(),
    })
}

/// What the compiler says instead is a part of the report.
fn refused(context: &Context<'_>, judgement: Judgement) -> Judgement {
    let closed = hole::closed(&context.corpus.target, &judgement.id);
    let failure = judgement.failure.map(|failure| Failure {
        line: failure.line,
        got: format!("{}\n{}", closed.got, failure.got),
        ..closed
    });
    Judgement {
        failure,
        ..judgement
    }
}

fn judge(context: &Context<'_>, binary: &Binary, case: &Case) -> anyhow::Result<Judgement> {
    let mut judgement = context.judgement(Lane::Holes, case);
    match &case.violation {
        None => judgement.waived = Some(case.sentence.clone()),
        Some(wanted) => {
            let wanted = wanted.over(context.corpus.target.generation());
            let run = binary.run(case, None)?;
            if is_caught(&run, wanted) {
                judgement.waived = Some(case.sentence.clone());
            } else {
                judgement.failure = Some(Failure {
                    expected: format!("violation {wanted}, and no other"),
                    got: run.describe(),
                    ..hole::closed(&context.corpus.target, &case.id)
                });
            }
        }
    }
    (context.progress)(1);
    Ok(judgement)
}
