//! The report for programs: one JSON object a line.
//!
//! Every verdict is an object with `"event":"case"`; the last line has
//! `"event":"summary"`.

use std::collections::BTreeMap;
use std::io;
use std::io::Write;

use serde::Serialize;

use crate::ground::problem::Problem;
use crate::judge::event::Counts;
use crate::judge::event::Event;
use crate::judge::event::Judgement;
use crate::judge::event::Summary;
use crate::judge::lane::Lane;
use crate::judge::reporter::Reporter;
use crate::judge::tally::Tally;

/// Writes JSON lines.
pub struct Json<W> {
    out: W,
    target: String,
    tally: Tally,
}

#[derive(Serialize)]
#[serde(tag = "event", rename_all = "lowercase")]
enum Line<'a> {
    Case(Case<'a>),
    Problem { message: String },
    Summary(Totals<'a>),
}

#[derive(Serialize)]
struct Case<'a> {
    id: &'a str,
    lane: Lane,
    target: &'a str,
    outcome: &'static str,
    path: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    claim: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    alone: Option<&'a str>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    cached: bool,
    #[serde(skip_serializing_if = "is_zero")]
    replays: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    waived: Option<&'a str>,
    #[serde(flatten)]
    failure: Option<Failure<'a>>,
}

#[derive(Serialize)]
struct Failure<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    sentence: &'a str,
    expected: &'a str,
    got: &'a str,
    next: &'a str,
}

#[derive(Serialize)]
struct Totals<'a> {
    target: &'a str,
    #[serde(flatten)]
    counts: Counts,
    lanes: &'a BTreeMap<Lane, Counts>,
    problems: Vec<String>,
    ledger: &'a str,
    elapsed_ms: u128,
}

fn is_zero(number: &usize) -> bool {
    *number == 0
}

impl<W: Write + Send> Json<W> {
    /// A reporter to a stream.
    pub fn new(out: W) -> Self {
        Self {
            out,
            target: String::new(),
            tally: Tally::new("json"),
        }
    }

    fn line(&mut self, line: &Line<'_>) -> io::Result<()> {
        let text = serde_json::to_string(line)?;
        writeln!(self.out, "{text}")
    }

    fn case(&mut self, judgement: &Judgement) -> io::Result<()> {
        let target = self.target.clone();
        self.line(&Line::Case(case(judgement, &target)))
    }

    fn write(&mut self, event: &Event) -> io::Result<()> {
        match event {
            Event::Started(start) => {
                self.target = start.target.clone();
                Ok(())
            }
            Event::Case(judgement) => self.case(judgement),
            Event::Problem(problem) => {
                let message = problem.to_string();
                self.line(&Line::Problem { message })
            }
            Event::Finished(summary) => {
                self.line(&Line::Summary(totals(summary)))?;
                self.out.flush()
            }
            Event::Working(_)
            | Event::LeftOut { .. }
            | Event::LaneStarted { .. }
            | Event::Progress { .. }
            | Event::LaneFinished { .. } => Ok(()),
        }
    }
}

fn case<'a>(judgement: &'a Judgement, target: &'a str) -> Case<'a> {
    Case {
        id: &judgement.id,
        lane: judgement.lane,
        target,
        outcome: judgement.outcome().name(),
        path: judgement.path.as_str(),
        claim: &judgement.claim,
        alone: judgement.alone.as_deref(),
        cached: judgement.cached,
        replays: judgement.replays,
        waived: judgement.waived.as_deref(),
        failure: judgement.failure.as_ref().map(|failure| Failure {
            line: failure.line,
            sentence: &judgement.sentence,
            expected: &failure.expected,
            got: &failure.got,
            next: &failure.next,
        }),
    }
}

fn totals(summary: &Summary) -> Totals<'_> {
    Totals {
        target: &summary.target,
        counts: summary.counts,
        lanes: &summary.lanes,
        problems: summary.problems.iter().map(Problem::to_string).collect(),
        ledger: &summary.ledger,
        elapsed_ms: summary.elapsed.as_millis(),
    }
}

impl<W: Write + Send> Reporter for Json<W> {
    fn event(&mut self, event: &Event) {
        let verdicts = usize::from(matches!(event, Event::Case(_)));
        let written = self.write(event);
        self.tally.enter(verdicts, written);
    }

    fn tally(&self) -> &Tally {
        &self.tally
    }
}

#[cfg(test)]
#[path = "json_tests.rs"]
mod tests;
