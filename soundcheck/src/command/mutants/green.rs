//! The subject without any mutant, which must be green first.
//!
//! Owns the lanes in which it is judged. It is an ordinary run: what passed
//! before and has not changed is not judged again.

use std::collections::BTreeSet;

use crate::command::check;
use crate::command::mutants::options::Options;
use crate::command::mutants::session::Session;
use crate::command::options::CheckOptions;
use crate::ground::problem::Problem;
use crate::judge::event::Judgement;
use crate::judge::lane::Lane;
use crate::judge::terms::Terms;

/// The lanes that may notice a mutant, and the build.
const LANES: [Lane; 6] = [
    Lane::BUILD,
    Lane::VERDICT,
    Lane::TWINS,
    Lane::LAYOUT,
    Lane::RUN,
    Lane::CONTROLS,
];

/// What is wrong without any mutant, with everything or with some cases only, by
/// their names as tests.
///
/// # Errors
///
/// Nothing could be judged.
pub fn problems(
    session: &Session,
    options: &Options,
    only: Option<BTreeSet<String>>,
) -> anyhow::Result<Vec<Problem>> {
    if only.as_ref().is_some_and(BTreeSet::is_empty) {
        return Ok(Vec::new());
    }
    let options = CheckOptions {
        root: options.root.clone(),
        target_dir: options.target_dir.clone(),
        lanes: match only {
            None => LANES.to_vec(),
            Some(_) => Vec::new(),
        },
        only,
        terms: Terms {
            toolchain: options.toolchain.clone(),
            jobs: options.jobs,
            ..Terms::default()
        },
        kernel: options.kernel.clone(),
        ..CheckOptions::default()
    };
    let summary = check::check(&options, &mut [])?;
    let failures = summary.failures.iter().map(problem);
    // What waits for a decision, or for a mutant, is not in the way of one.
    let undecided = &session.corpus.undecided;
    let is_open = |problem: &&Problem| undecided.iter().any(|open| open.problem == **problem);
    let others = summary.problems.iter().filter(|problem| !is_open(problem));
    Ok(failures.chain(others.cloned()).collect())
}

fn problem(judgement: &Judgement) -> Problem {
    let outcome = judgement.outcome().name();
    let what = format!(
        "without any mutant, {} of the lane {} is {outcome}",
        judgement.id,
        judgement.lane.name(),
    );
    Problem::new(what, "`cargo soundcheck` says why; mend that first").in_file(&judgement.path)
}
