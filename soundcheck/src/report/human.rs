//! The report for people: one line a lane, and what is wrong in full.

use std::io::Write;
use std::time::Duration;

use owo_colors::OwoColorize as _;
use owo_colors::Style;

use super::text::plural;
use crate::judge::event::Counts;
use crate::judge::event::Event;
use crate::judge::event::Judgement;
use crate::judge::event::Start;
use crate::judge::event::Summary;
use crate::judge::lane::Lane;
use crate::judge::reporter::Reporter;
use crate::judge::tally::Tally;

/// Writes for people. Colour is written always; give it a stream that strips
/// it where it is not wanted.
pub struct Human<W> {
    out: W,
    verbose: bool,
    tally: Tally,
}

impl<W: Write + Send> Human<W> {
    /// A reporter to a stream. If it is verbose, it also says which cases were
    /// confirmed alone, and why.
    pub fn new(out: W, verbose: bool) -> Self {
        Self {
            out,
            verbose,
            tally: Tally::new("human"),
        }
    }

    /// The stream.
    pub fn into_inner(self) -> W {
        self.out
    }

    fn started(&mut self, start: &Start) -> std::io::Result<()> {
        if !self.verbose {
            return Ok(());
        }
        let Start {
            target,
            compiler,
            seed,
            jobs,
            ..
        } = start;
        writeln!(
            self.out,
            "target {target}, {compiler}, {jobs} jobs, sample seed {seed}"
        )
    }

    fn case(&mut self, judgement: &Judgement) -> std::io::Result<()> {
        if judgement.failure.is_some() {
            return self.failure(judgement);
        }
        if let Some(hole) = &judgement.waived {
            let waived = "known hole".yellow().to_string();
            let lane = judgement.lane.name();
            writeln!(self.out, "{waived} {lane} {}", judgement.id)?;
            self.field("because", hole)?;
        }
        if let (true, Some(why)) = (self.verbose, &judgement.alone) {
            let lane = judgement.lane.name();
            writeln!(
                self.out,
                "{lane:<9} {} confirmed alone: {why}",
                judgement.id
            )?;
        }
        Ok(())
    }

    fn failure(&mut self, judgement: &Judgement) -> std::io::Result<()> {
        let Some(failure) = &judgement.failure else {
            return Ok(());
        };
        let lane = judgement.lane.name();
        let path = &judgement.path;
        let line = failure
            .line
            .map_or(String::new(), |line| format!(":{line}"));
        let failed = "FAILED".style(Style::new().red().bold());
        writeln!(self.out, "{failed} {lane} {} ({path}{line})", judgement.id)?;
        if !judgement.claim.is_empty() {
            let claim = format!("{}: {}", judgement.claim, judgement.sentence);
            self.field("claim", &claim)?;
        }
        if let (true, Some(why)) = (self.verbose, &judgement.alone) {
            self.field("alone", why)?;
        }
        self.field("expected", &failure.expected)?;
        self.field("got", &failure.got)?;
        self.field("next", &failure.next)
    }

    /// A name and a text, whose further lines are indented like the first.
    fn field(&mut self, name: &str, text: &str) -> std::io::Result<()> {
        let name = format!("{name:<8}");
        let mut lines = text.lines();
        let first = lines.next().unwrap_or_default();
        writeln!(self.out, "  {} {first}", name.dimmed())?;
        for line in lines {
            writeln!(self.out, "           {line}")?;
        }
        Ok(())
    }

    fn lane(
        &mut self,
        lane: Lane,
        counts: Counts,
        remark: &str,
        elapsed: Duration,
    ) -> std::io::Result<()> {
        let name = format!("{:<9}", lane.name());
        write!(self.out, "{} ", name.bold())?;
        let passed = format!("{:>5} passed", counts.passed);
        write!(self.out, "{}", passed.green())?;
        if counts.failed > 0 {
            let failed = format!("{} failed", counts.failed);
            write!(self.out, ", {}", failed.red().bold())?;
        }
        if counts.waived > 0 {
            let waived = format!("{} known to be open", counts.waived);
            write!(self.out, ", {}", waived.yellow())?;
        }
        write!(self.out, "  {:>5.1} s", elapsed.as_secs_f64())?;
        if !remark.is_empty() {
            write!(self.out, "  ({remark})")?;
        }
        writeln!(self.out)
    }

    fn summary(&mut self, summary: &Summary) -> std::io::Result<()> {
        writeln!(self.out, "{}", summary.ledger)?;
        let total = plural(summary.counts.total, "verdict");
        let seconds = summary.elapsed.as_secs_f64();
        if summary.is_green() {
            let holds = "all claims hold".green().bold().to_string();
            let waived = match summary.counts.waived {
                0 => String::new(),
                waived => format!(", but {waived} are known not to"),
            };
            return writeln!(self.out, "{holds}{waived}: {total} in {seconds:.1} s");
        }
        let red = "not sound as it stands".red().bold().to_string();
        let failed = summary.counts.failed;
        let problems = plural(summary.problems.len(), "problem");
        writeln!(
            self.out,
            "{red}: {failed} of {total} failed, {problems}, {seconds:.1} s"
        )
    }

    fn write(&mut self, event: &Event) -> std::io::Result<()> {
        match event {
            Event::Started(start) => self.started(start),
            Event::Case(judgement) => self.case(judgement),
            Event::LaneFinished {
                lane,
                counts,
                remark,
                elapsed,
            } => self.lane(*lane, *counts, remark, *elapsed),
            Event::Problem(problem) => {
                let error = "error".style(Style::new().red().bold());
                writeln!(self.out, "{error}: {problem}")
            }
            Event::Finished(summary) => {
                self.summary(summary)?;
                self.out.flush()
            }
            Event::LeftOut { lane, why } => {
                let name = format!("{:<9}", lane.name());
                writeln!(self.out, "{} not run: {why}", name.bold())
            }
            Event::Working(_) | Event::LaneStarted { .. } | Event::Progress { .. } => Ok(()),
        }
    }
}

impl<W: Write + Send> Reporter for Human<W> {
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
#[path = "human_tests.rs"]
mod tests;
