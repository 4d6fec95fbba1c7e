//! The report for kernel test runners: KTAP version 1, a subtest for each lane.
//!
//! A lane is written when it is done. One more test after the lanes says
//! whether the books balance, so that a lane that did not run is a failure.

use std::io;
use std::io::Write;

use super::text;
use crate::judge::event::Event;
use crate::judge::event::Judgement;
use crate::judge::event::Outcome;
use crate::judge::event::Start;
use crate::judge::event::Summary;
use crate::judge::lane::Lane;
use crate::judge::reporter::Reporter;
use crate::judge::tally::Tally;

/// Writes KTAP.
pub struct Ktap<W> {
    out: W,
    /// The lanes that are still to be written, in the order of the plan.
    lanes: Vec<Lane>,
    /// The number of the next lane.
    number: usize,
    /// The verdicts of the lane that runs.
    cases: Vec<Judgement>,
    tally: Tally,
}

impl<W: Write + Send> Ktap<W> {
    /// A reporter to a stream.
    pub fn new(out: W) -> Self {
        Self {
            out,
            lanes: Vec::new(),
            number: 1,
            cases: Vec::new(),
            tally: Tally::new("ktap"),
        }
    }

    fn started(&mut self, start: &Start) -> io::Result<()> {
        self.lanes = start.lanes.clone();
        writeln!(self.out, "KTAP version 1")?;
        writeln!(self.out, "1..{}", self.lanes.len() + 1)?;
        let about = format!("target {}, {}", start.target, start.compiler);
        self.diagnostic("", &about)
    }

    /// Writes the lane that is done, after those before it that never ran.
    fn lane(&mut self, lane: Lane) -> io::Result<()> {
        let before = self.lanes.iter().position(|planned| *planned == lane);
        let skipped: Vec<Lane> = self.lanes.drain(..before.unwrap_or(0)).collect();
        for lane in skipped {
            self.missing(lane)?;
        }
        self.lanes.retain(|planned| *planned != lane);
        let cases = std::mem::take(&mut self.cases);
        self.subtest(lane, &cases)?;
        let holds = cases.iter().all(|case| case.outcome() != Outcome::Fail);
        self.result("", holds && !cases.is_empty(), lane.name())?;
        self.tally.enter(cases.len(), Ok(()));
        Ok(())
    }

    fn subtest(&mut self, lane: Lane, cases: &[Judgement]) -> io::Result<()> {
        writeln!(self.out, "  KTAP version 1")?;
        writeln!(self.out, "  # Subtest: {}", lane.name())?;
        writeln!(self.out, "  1..{}", cases.len())?;
        for (index, case) in cases.iter().enumerate() {
            if let Some(failure) = &case.failure {
                let line = failure
                    .line
                    .map_or(String::new(), |line| format!(":{line}"));
                let place = format!("{}{line}", case.path);
                self.diagnostic("  ", &place)?;
                self.diagnostic("  ", &text::detail(case, failure))?;
            }
            let holds = case.outcome() != Outcome::Fail;
            let hole = case.waived.as_deref();
            result(&mut self.out, "  ", holds, index + 1, &case.id, hole)?;
        }
        Ok(())
    }

    fn missing(&mut self, lane: Lane) -> io::Result<()> {
        self.diagnostic("", &format!("lane {} did not run", lane.name()))?;
        self.result("", false, lane.name())
    }

    fn finished(&mut self, summary: &Summary) -> io::Result<()> {
        for lane in std::mem::take(&mut self.lanes) {
            self.missing(lane)?;
        }
        self.diagnostic("", &summary.ledger)?;
        self.result("", summary.problems.is_empty(), "ledger")?;
        self.out.flush()
    }

    /// A result on the upper level.
    fn result(&mut self, indent: &str, holds: bool, name: &str) -> io::Result<()> {
        let number = self.number;
        self.number += 1;
        result(&mut self.out, indent, holds, number, name, None)
    }

    fn diagnostic(&mut self, indent: &str, words: &str) -> io::Result<()> {
        for line in text::plain(words).lines() {
            writeln!(self.out, "{}", format!("{indent}# {line}").trim_end())?;
        }
        Ok(())
    }

    fn write(&mut self, event: &Event) -> io::Result<()> {
        match event {
            Event::Started(start) => self.started(start),
            Event::Case(judgement) => {
                self.cases.push(judgement.clone());
                Ok(())
            }
            Event::LaneFinished { lane, .. } => self.lane(*lane),
            Event::Problem(problem) => self.diagnostic("", &format!("problem: {problem}")),
            Event::Finished(summary) => self.finished(summary),
            Event::LeftOut { lane, why } => {
                self.diagnostic("", &format!("lane {} not run: {why}", lane.name()))
            }
            Event::Working(_) | Event::LaneStarted { .. } | Event::Progress { .. } => Ok(()),
        }
    }
}

/// A result line, with a directive if it is a hole that is known to be open. In
/// a name, `#` would begin one.
fn result(
    out: &mut impl Write,
    indent: &str,
    holds: bool,
    number: usize,
    name: &str,
    hole: Option<&str>,
) -> io::Result<()> {
    let word = if holds { "ok" } else { "not ok" };
    let line = |words: &str| text::plain(words).replace('\n', " ").replace('#', "\\#");
    let directive = hole.map_or(String::new(), |hole| format!(" # XFAIL {}", line(hole)));
    writeln!(out, "{indent}{word} {number} {}{directive}", line(name))
}

impl<W: Write + Send> Reporter for Ktap<W> {
    fn event(&mut self, event: &Event) {
        let written = self.write(event);
        self.tally.enter(0, written);
    }

    /// A build that is refused has a verdict, but its lane does not finish.
    fn settle(&mut self, _summary: &Summary) {
        if let Some(lane) = self.cases.first().map(|case| case.lane) {
            let written = self.lane(lane);
            self.tally.enter(0, written);
        }
    }

    fn tally(&self) -> &Tally {
        &self.tally
    }
}

#[cfg(test)]
#[path = "ktap_tests.rs"]
mod tests;
