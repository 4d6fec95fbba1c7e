//! The report for CI servers: JUnit, a suite for each lane.
//!
//! The document is written when all verdicts are known; a verdict counts once
//! the document is on disk. A last suite says whether the books balance.

use std::collections::BTreeMap;
use std::io;
use std::io::Write;

use quick_junit::NonSuccessKind;
use quick_junit::Property;
use quick_junit::Report;
use quick_junit::TestCase;
use quick_junit::TestCaseStatus;
use quick_junit::TestSuite;

use super::text;
use crate::ground::problem::Problem;
use crate::judge::event::Event;
use crate::judge::event::Judgement;
use crate::judge::event::Summary;
use crate::judge::lane::Lane;
use crate::judge::reporter::Reporter;
use crate::judge::tally::Tally;

/// Writes one JUnit document.
pub struct Junit<W> {
    out: W,
    suites: BTreeMap<Lane, TestSuite>,
    tally: Tally,
}

impl<W: Write + Send> Junit<W> {
    /// A reporter to a stream.
    pub fn new(out: W) -> Self {
        Self {
            out,
            suites: BTreeMap::new(),
            tally: Tally::new("junit"),
        }
    }

    fn suite(&mut self, lane: Lane) -> &mut TestSuite {
        let suite = self.suites.entry(lane);
        suite.or_insert_with(|| TestSuite::new(lane.name()))
    }

    fn write(&mut self, summary: &Summary) -> io::Result<()> {
        let mut report = Report::new("soundcheck");
        report.set_time(summary.elapsed);
        report.add_test_suites(self.suites.values().cloned());
        report.add_test_suite(books(&summary.problems));
        let document = report.to_string().map_err(io::Error::other)?;
        self.out.write_all(document.as_bytes())?;
        self.out.flush()
    }
}

fn case(judgement: &Judgement) -> TestCase {
    let mut case = TestCase::new(judgement.id.as_str(), status(judgement));
    case.set_classname(format!("soundcheck.{}", judgement.lane.name()));
    let failure = judgement.failure.as_ref();
    let line = failure.and_then(|failure| failure.line);
    let line = line.map(|line| ("line", line.to_string()));
    let places = [("file", judgement.path.to_string())];
    for (name, value) in places.into_iter().chain(line) {
        case.extra.insert(name.into(), value.into());
    }
    case.add_properties(properties(judgement));
    case
}

fn properties(judgement: &Judgement) -> Vec<Property> {
    let mut properties = Vec::new();
    if !judgement.claim.is_empty() {
        properties.push(Property::new("claim", judgement.claim.as_str()));
    }
    if let Some(why) = &judgement.alone {
        properties.push(Property::new("alone", why.as_str()));
    }
    if judgement.cached {
        properties.push(Property::new("cached", "true"));
    }
    if judgement.replays > 0 {
        properties.push(Property::new("replays", judgement.replays.to_string()));
    }
    properties
}

fn status(judgement: &Judgement) -> TestCaseStatus {
    let Some(failure) = &judgement.failure else {
        return match &judgement.waived {
            Some(hole) => {
                let mut status = TestCaseStatus::skipped();
                status.set_message(format!("known hole: {}", text::plain(hole)));
                status
            }
            None => TestCaseStatus::success(),
        };
    };
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
    status.set_message(format!("expected: {}", text::plain(&failure.expected)));
    status.set_type(judgement.claim.as_str());
    status.set_description(text::detail(judgement, failure));
    status
}

/// What is wrong outside of any verdict, as a suite of one case.
fn books(problems: &[Problem]) -> TestSuite {
    let mut status = TestCaseStatus::success();
    if !problems.is_empty() {
        let lines: Vec<String> = problems.iter().map(Problem::to_string).collect();
        status = TestCaseStatus::non_success(NonSuccessKind::Error);
        status.set_message(text::plural(problems.len(), "problem"));
        status.set_type("problem");
        status.set_description(text::plain(&lines.join("\n")));
    }
    let mut case = TestCase::new("found = declared = judged", status);
    case.set_classname("soundcheck.ledger");
    let mut suite = TestSuite::new("ledger");
    suite.add_test_case(case);
    suite
}

impl<W: Write + Send> Reporter for Junit<W> {
    fn event(&mut self, event: &Event) {
        match event {
            // An old report must not be taken for the one of this run.
            Event::Started(_) => {
                let emptied = self.out.flush();
                self.tally.enter(0, emptied);
            }
            Event::Case(judgement) => {
                self.suite(judgement.lane).add_test_case(case(judgement));
            }
            Event::LaneFinished { lane, elapsed, .. } => {
                self.suite(*lane).set_time(*elapsed);
            }
            _ => {}
        }
    }

    fn settle(&mut self, summary: &Summary) {
        let verdicts = self.suites.values().map(|suite| suite.tests).sum();
        let written = self.write(summary);
        self.tally.enter(verdicts, written);
    }

    fn tally(&self) -> &Tally {
        &self.tally
    }
}

#[cfg(test)]
#[path = "junit_tests.rs"]
mod tests;
