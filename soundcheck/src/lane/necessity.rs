//! The necessity lane: every prevented operation really is harmful. A program
//! does it through raw calls, and the stub must report exactly the violation
//! that the program names.
//!
//! Also owns the linking of many programs, which the run lane shares.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::build_error;
use super::Context;
use super::Lane;
use super::LaneReport;
use crate::case::Case;
use crate::compiler::Compilation;
use crate::compiler::Compiler;
use crate::compiler::Status;
use crate::event::Failure;
use crate::event::Judgement;
use crate::program;
use crate::program::Binary;
use crate::program::Run;
use crate::toolchain::Flavor;

/// Judges all necessity programs.
pub fn run(context: &Context<'_>) -> anyhow::Result<LaneReport> {
    let compiler = context
        .builds
        .compiler(Flavor::Debug)
        .map_err(build_error)?;
    let cases = context.selection.cases(context.corpus, Lane::Necessity);
    let linked = linked(context, compiler, Lane::Necessity, &cases)?;
    let mut judgements = linked.failed;
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
    let wanted = case.violation.as_deref().unwrap_or_default();
    let run = binary.run(case, None)?;
    if !is_caught(&run, wanted) {
        judgement.failure = Some(Failure {
            line: None,
            expected: format!("violation {wanted}, and no other"),
            got: run.describe(),
            next: Binary::command(case, Lane::Necessity.name(), Flavor::Debug),
        });
    }
    (context.progress)(1);
    Ok(judgement)
}

/// Whether the report names the violation and no other.
fn is_caught(run: &Run, wanted: &str) -> bool {
    let Some(report) = &run.report else {
        return false;
    };
    let names = report
        .violations
        .iter()
        .map(|violation| violation.name.as_str());
    let names: BTreeSet<&str> = names.collect();
    names == BTreeSet::from([wanted])
}

/// Programs that could be linked, and verdicts on those that could not.
pub struct Linked<'a> {
    /// Each program with the binary that it is in.
    pub runnable: Vec<(Binary, &'a Case)>,
    /// A failure for each program that does not compile.
    pub failed: Vec<Judgement>,
}

/// Links all programs into one binary. If they do not compile together, each
/// gets a binary of its own.
pub fn linked<'a>(
    context: &Context<'_>,
    compiler: Compiler<'_>,
    lane: Lane,
    cases: &[&'a Case],
) -> anyhow::Result<Linked<'a>> {
    let scratch = context.scratch.join(lane.name());
    let limit = context.options.timeout;
    let mut linked = Linked {
        runnable: Vec::new(),
        failed: Vec::new(),
    };
    if let Ok(binary) = program::link(compiler, cases, &scratch.join("all"), limit)? {
        linked.runnable = cases.iter().map(|case| (binary.clone(), *case)).collect();
        return Ok(linked);
    }
    let attempts: Vec<Result<Binary, Compilation>> = cases
        .par_iter()
        .map(|case| {
            let scratch = scratch.join(case.id.replace('/', "-"));
            program::link(compiler, &[*case], &scratch, limit)
        })
        .collect::<anyhow::Result<_>>()?;
    for (attempt, case) in attempts.into_iter().zip(cases) {
        match attempt {
            Ok(binary) => linked.runnable.push((binary, case)),
            Err(compilation) => {
                let failure = refused(case, &compilation);
                linked.failed.push(Judgement {
                    failure: Some(failure),
                    ..context.judgement(lane, case)
                });
            }
        }
    }
    Ok(linked)
}

fn refused(case: &Case, compilation: &Compilation) -> Failure {
    let got = match (&compilation.status, compilation.errors.first()) {
        (Status::Crashed(how), _) => how.clone(),
        (_, Some(error)) => error.rendered.trim_end().to_owned(),
        (_, None) => "no message".to_owned(),
    };
    let mut places = compilation
        .errors
        .iter()
        .flat_map(|error| error.places.iter().flatten());
    let place = places.find(|place| place.file == case.file);
    Failure {
        line: place.map(|place| place.line),
        expected: "the program compiles".to_owned(),
        got,
        next: "mend the program, or the API if the program is right".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::process::Exit;

    fn run(line: &str) -> Run {
        Run {
            report: serde_json::from_str(line).ok(),
            exit: Exit {
                code: Some(1),
                timed_out: false,
                stdout: line.to_owned(),
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
        assert!(!is_caught(&run(none), "leak"));
        assert!(!is_caught(&run("died"), "leak"));
    }
}
