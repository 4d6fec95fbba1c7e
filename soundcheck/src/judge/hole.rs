//! Known holes: what is judged leaves them open, by design or by mistake.
//!
//! Owns what a recorded hole excuses. A hole is waived as long as it is open,
//! and a failure once it has closed.

use crate::judge::case::Case;
use crate::judge::corpus::Corpus;
use crate::judge::corpus::KnownHole;
use crate::judge::event::Failure;
use crate::judge::event::Judgement;
use crate::judge::kind::Kind;
use crate::judge::lane::Lane;
use crate::judge::lanes::linking::MUST_COMPILE;
use crate::judge::marks::COMPILES;
use crate::judge::subject::Subject;

/// Turns a failure that a hole explains into a waived verdict, and a pass that
/// it says cannot be into a failure.
pub fn excuse(corpus: &Corpus, subject: &Subject, mut judgement: Judgement) -> Judgement {
    let Some(hole) = excused_by(corpus, &judgement) else {
        return judgement;
    };
    let program = &hole.program;
    match judgement.failure.take() {
        Some(failure) if explains(&judgement, &failure) => {
            let hole = corpus.cases.iter().find(|case| case.id == *program);
            let sentence = hole.map_or("", |case| case.sentence.as_str());
            judgement.waived = Some(format!("{program}: {sentence}"));
        }
        Some(failure) => judgement.failure = Some(failure),
        None => judgement.failure = Some(closed(subject, program)),
    }
    judgement
}

fn excused_by<'a>(corpus: &'a Corpus, judgement: &Judgement) -> Option<&'a KnownHole> {
    if corpus.holes.is_empty() {
        return None;
    }
    let case = corpus.cases.iter().find(|case| case.id == judgement.id)?;
    if judgement.lane != lane_of(case)? {
        return None;
    }
    let excuses = |hole: &&KnownHole| hole.excuses.contains(&case.id);
    corpus.holes.iter().find(excuses)
}

/// The lane in which a case can be excused. A twin, a layout and a violation
/// are no claims that a hole could refute.
pub fn lane_of(case: &Case) -> Option<Lane> {
    match case.kind {
        Kind::Fail => Some(Lane::VERDICT),
        Kind::Pass => Some(Lane::RUN),
        _ => None,
    }
}

/// A hole lets a program compile, or run into a violation; it does not make an
/// error another one, nor keeps a program from compiling.
fn explains(judgement: &Judgement, failure: &Failure) -> bool {
    match judgement.lane {
        Lane::RUN => failure.expected != MUST_COMPILE,
        _ => failure.got == COMPILES,
    }
}

/// The failure of a hole that is not open any more.
pub fn closed(subject: &Subject, program: &str) -> Failure {
    Failure {
        line: None,
        expected: format!("the known hole {program} is open"),
        got: "it has closed: what it says is possible is refused".to_owned(),
        next: format!(
            "remove it from {}, and let the cases that it excuses speak for the claim",
            subject.records
        ),
    }
}
