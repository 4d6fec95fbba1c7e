//! The waivers of a subject, held against what came of its mutants.
//!
//! Owns what is wrong with a waiver: a mutant that is not there, code that has
//! changed, or a mutant that is noticed after all.

use camino::Utf8Path;

use crate::command::mutants::report::Row;
use crate::command::mutants::session::Session;
use crate::command::mutants::verdict::Verdict;
use crate::ground::problem::Problem;
use crate::subject::mutation::waiver::Waiver;

/// Marks the mutants that are waived, and says what is wrong with waivers.
pub fn apply(session: &Session, rows: &mut [Row<'_>]) -> Vec<Problem> {
    let Some(path) = &session.target.manifest().mutants.waivers else {
        return Vec::new();
    };
    let mut problems = Vec::new();
    for waiver in &session.waivers {
        for id in &waiver.mutants {
            match fault(session, waiver, id) {
                Some((what, next)) => problems.push(waiver.complain(path, &what, next)),
                None => problems.extend(mark(path, waiver, id, rows)),
            }
        }
    }
    problems
}

/// Why a waiver does not hold for a mutant, and what to do.
fn fault(session: &Session, waiver: &Waiver, id: &str) -> Option<(String, &'static str)> {
    let Some(mutant) = session.mutants.iter().find(|mutant| mutant.id == id) else {
        let what = format!("there is no mutant {id}");
        return Some((what, "`soundcheck mutants --list` prints every id"));
    };
    if waiver.fits(mutant, &session.texts) {
        return None;
    }
    let what = format!("the waiver has expired: {id} does not edit the code that it quotes");
    Some((
        what,
        "judge the mutant anew, and argue again or remove the waiver",
    ))
}

fn mark(path: &Utf8Path, waiver: &Waiver, id: &str, rows: &mut [Row<'_>]) -> Option<Problem> {
    let row = rows.iter_mut().find(|row| row.mutant.id == id)?;
    row.waived = Some(waiver.argument.trim().to_owned());
    let came = match &row.judged.verdict {
        Verdict::Survived | Verdict::Timeout { .. } => return None,
        Verdict::Unviable { .. } => "does not build".to_owned(),
        Verdict::Killed { .. } => {
            let case = row.judged.first_kill().map(|kill| kill.case.as_str());
            format!("is noticed by {}", case.unwrap_or_default())
        }
    };
    let what = format!("an unneeded waiver: {id} {came}");
    Some(waiver.complain(path, &what, "remove the waiver"))
}
