//! The controls lane: every negative control is caught, so what the API prevents
//! really is harmful. A program does it through raw calls, and the stub must
//! report exactly the violation that the program names.

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::ground::flavor::Flavor;
use crate::ground::process::Ended;
use crate::judge::builds::build_error;
use crate::judge::case::Case;
use crate::judge::context::LaneReport;
use crate::judge::context::Task;
use crate::judge::event::Judgement;
use crate::judge::failure::Failure;
use crate::judge::failure::FailureKind;
use crate::judge::kind::Kind;
use crate::judge::lane::Lane;
use crate::judge::lanes::linking::linked;
use crate::judge::program;
use crate::judge::program::Binary;
use crate::judge::program::Run;
use crate::judge::runner::LaneRunner;

/// The lane.
pub struct Controls;

impl LaneRunner for Controls {
    fn lane(&self) -> Lane {
        Lane::CONTROLS
    }

    fn judges(&self, case: &Case) -> bool {
        case.kind == Kind::Control
    }

    fn run(&self, task: &Task<'_>) -> anyhow::Result<LaneReport> {
        run(task)
    }
}

/// Judges all negative controls.
fn run(task: &Task<'_>) -> anyhow::Result<LaneReport> {
    let context = task.context;
    let compiler = context
        .builds
        .compiler(Flavor::Debug)
        .map_err(build_error)?;
    let linked = linked(context, compiler, Lane::CONTROLS, task.cases)?;
    let mut judgements = linked.failed;
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

fn judge(task: &Task<'_>, binary: &Binary, case: &Case) -> anyhow::Result<Judgement> {
    let context = task.context;
    let mut judgement = context.judgement(Lane::CONTROLS, case);
    let generation = &context.subject.name;
    let violation = case.violation.as_ref();
    let wanted = violation.map_or("", |violation| violation.over(generation));
    let run = binary.run(case, None)?;
    if !is_caught(&run, wanted) {
        judgement.failure = Some(Failure {
            kind: FailureKind::NotCaught,
            line: None,
            expected: format!("violation {wanted}, and no other"),
            got: run.describe(),
            next: program::rerun(context.subject, case, Lane::CONTROLS.name(), Flavor::Debug),
        });
    }
    (task.progress)(1);
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
    use crate::ground::process::Exit;
    use crate::judge::program::Report;

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
