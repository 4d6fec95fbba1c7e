//! The verdict lane: every forbidden program is refused at its line for its
//! reason. A batch may decide that the marks are met, and never that they are not.

use crate::ground::diagnostic::Diagnostic;
use crate::ground::flavor::Flavor;
use crate::judge::case::Case;
use crate::judge::context::Context;
use crate::judge::context::LaneReport;
use crate::judge::context::Task;
use crate::judge::event::Judgement;
use crate::judge::evidence;
use crate::judge::evidence::Objection;
use crate::judge::kind::Kind;
use crate::judge::lane::Lane;
use crate::judge::lanes::compiling;
use crate::judge::lanes::compiling::Rules;
use crate::judge::marks;
use crate::judge::runner::LaneRunner;

/// The lane.
pub struct Verdict;

impl LaneRunner for Verdict {
    fn lane(&self) -> Lane {
        Lane::VERDICT
    }

    fn judges(&self, case: &Case) -> bool {
        case.kind == Kind::Fail
    }

    fn needs_stub(&self) -> bool {
        false
    }

    fn run(&self, task: &Task<'_>) -> anyhow::Result<LaneReport> {
        compiling::run(task, &RULES)
    }

    fn hunt(&self, task: &Task<'_>) -> anyhow::Result<Option<Judgement>> {
        compiling::hunt(task, &RULES)
    }

    fn notice(&self, task: &Task<'_>) -> anyhow::Result<Vec<Judgement>> {
        compiling::ceased(task, &RULES)
    }
}

/// A case must be refused as its marks say, and by what is judged.
const RULES: Rules = Rules {
    lane: Lane::VERDICT,
    twin: false,
    stage: |case| case.stage,
    split: compiling::refused_are_good,
    accepts: |context, case, errors| {
        marks::are_met(case, errors) && objection(context, case, errors).is_none()
    },
    judge: |context, case, compilation| {
        let claim = context.corpus.claims.get(&case.claim);
        let broken = marks::judge(case, claim, compilation);
        let errors: Vec<&Diagnostic> = compilation.errors.iter().collect();
        broken.or_else(|| Some(objection(context, case, &errors)?.into_failure(case)))
    },
};

/// Why the errors of a case, which are as its marks say, are no evidence.
fn objection(context: &Context<'_>, case: &Case, errors: &[&Diagnostic]) -> Option<Objection> {
    let claim = context.corpus.claims.get(&case.claim);
    if claim.is_some_and(|claim| claim.naming) {
        return None;
    }
    // Whoever compiled the case has built that already.
    let compiler = context.builds.compiler(Flavor::Debug).ok()?;
    let vocabulary = context.builds.vocabulary(compiler.artifacts);
    evidence::objection(case, vocabulary, errors)
}
