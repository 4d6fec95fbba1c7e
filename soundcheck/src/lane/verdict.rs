//! The verdict lane: every forbidden program is refused at its line for its
//! reason. A batch may decide that a contract is met, and never that it is not.

use super::compiling;
use super::compiling::Rules;
use super::Context;
use super::Lane;
use super::LaneReport;
use crate::contract;

/// Judges all forbidden programs.
pub fn run(context: &Context<'_>) -> anyhow::Result<LaneReport> {
    let rules = Rules {
        lane: Lane::Verdict,
        twin: false,
        stage: |case| case.stage,
        split: compiling::refused_are_good,
        accepts: |_, case, errors| contract::is_met(case, errors),
        judge: |context, case, compilation| {
            let claim = context.corpus.claims.get(&case.claim);
            contract::judge(case, claim, compilation)
        },
    };
    compiling::run(context, &rules)
}
