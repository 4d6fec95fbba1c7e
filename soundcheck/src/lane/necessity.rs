//! The necessity lane: every prevented operation really is harmful. A program
//! does it through raw calls, and the stub must report exactly the violation
//! that the program names.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::build_error;
use super::linking::linked;
use super::Context;
use super::Lane;
use super::LaneReport;
use crate::case::Case;
use crate::event::Failure;
use crate::event::Judgement;
use crate::process::Ended;
use crate::program::Binary;
use crate::program::Run;
use crate::toolchain::Flavor;

/// Judges all necessity programs.
pub fn run(context: &Context<'_>) -> anyhow::Result<LaneReport> {
    let compiler = context
        .builds
        .compiler(Flavor::Debug)
        .map_err(build_error)?;
    let cases = context.cases;
    let linked = linked(context, compiler, Lane::Necessity, cases)?;
    let mut judgements = linked.failed;
    judgements.extend(linked.unjudged);
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

fn judge(context: &Context<'_>, binary: &Binary, case: &Case) -> anyhow::Result<Judgement> {
    let mut judgement = context.judgement(Lane::Necessity, case);
    let generation = context.corpus.target.generation();
    let violation = case.violation.as_ref();
    let wanted = violation.map_or("", |violation| violation.over(generation));
    let run = binary.run(case, None)?;
    if !is_caught(&run, wanted) {
        judgement.failure = Some(Failure {
            line: None,
            expected: format!("violation {wanted}, and no other"),
            got: run.describe(),
            next: Binary::command(
                &context.corpus.target,
                case,
                Lane::Necessity.name(),
                Flavor::Debug,
            ),
        });
    }
    (context.progress)(1);
    Ok(judgement)
}

/// Whether the program ended by itself, and the report names the wanted
/// violations and no other.
pub fn is_caught(run: &Run, wanted: &str) -> bool {
    let (Ok(report), Ended::Status(_)) = (&run.report, run.exit.ended) else {
        return false;
    };
    let names = report
        .violations
        .iter()
        .map(|violation| violation.name.as_str());
    let names: BTreeSet<&str> = names.collect();
    names == wanted.split('+').map(str::trim).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::process::Exit;
    use crate::program::Report;

    fn run(line: &str) -> Run {
        Run {
            report: Report::read(line, "a", ""),
            exit: Exit {
                ended: Ended::Status(1),
                left: 0,
                stdout: String::new(),
                stderr: String::new(),
            },
        }
    }

    #[test]
    fn exactly_the_named_violation_is_wanted() {
        let leak = r#"{"id":"a","outcome":"ok","violations":[{"name":"leak"},{"name":"leak"}]}"#;
        let both = r#"{"id":"a","outcome":"ok","violations":[{"name":"leak"},{"name":"race"}]}"#;
        let none = r#"{"id":"a","outcome":"ok","violations":[]}"#;
        assert!(is_caught(&run(leak), "leak"));
        assert!(!is_caught(&run(leak), "race"));
        assert!(!is_caught(&run(both), "leak"));
        assert!(is_caught(&run(both), "leak + race"));
        assert!(!is_caught(&run(leak), "leak + race"));
        assert!(!is_caught(&run(none), "leak"));
        assert!(!is_caught(&run("died"), "leak"));
    }
}
