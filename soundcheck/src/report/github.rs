//! The report for GitHub: an annotation for each failure, and a line a lane.
//!
//! Annotations are workflow commands on standard output. The page that a step
//! shows for itself is in `step_summary.rs`.

use std::io;
use std::io::Write;

use super::step_summary;
use super::text;
use crate::ground::problem::Problem;
use crate::judge::event::Counts;
use crate::judge::event::Event;
use crate::judge::event::Judgement;
use crate::judge::event::Summary;
use crate::judge::failure::Failure;
use crate::judge::lane::Lane;
use crate::judge::reporter::Reporter;
use crate::judge::tally::Tally;

/// Writes workflow commands, and the summary of the step at the end.
pub struct Github<W> {
    out: W,
    page: Option<Box<dyn Write + Send>>,
    tally: Tally,
}

impl<W: Write + Send> Github<W> {
    /// A reporter to a stream, and to the page of the step if there is one.
    pub fn new(out: W, page: Option<Box<dyn Write + Send>>) -> Self {
        Self {
            out,
            page,
            tally: Tally::new("github"),
        }
    }

    fn case(&mut self, judgement: &Judgement) -> io::Result<()> {
        if let Some(hole) = &judgement.waived {
            return self.known(judgement, hole);
        }
        let Some(failure) = &judgement.failure else {
            return Ok(());
        };
        let Failure { line, .. } = failure;
        let title = format!("{} {}", judgement.lane.name(), judgement.id);
        let message = text::detail(judgement, failure);
        self.error(Some(judgement.path.as_str()), *line, &title, &message)
    }

    /// A hole that is known to be open is a notice: it fails no check.
    fn known(&mut self, judgement: &Judgement, hole: &str) -> io::Result<()> {
        let title = format!("known hole: {} {}", judgement.lane.name(), judgement.id);
        let (file, title) = (property(judgement.path.as_str()), property(&title));
        let message = data(&text::plain(hole));
        writeln!(self.out, "::notice file={file},title={title}::{message}")
    }

    fn problem(&mut self, problem: &Problem) -> io::Result<()> {
        let file = problem.path.as_ref().map(|path| path.as_str());
        let message = text::plain(&problem.to_string());
        self.error(file, problem.line, "soundcheck", &message)
    }

    fn error(
        &mut self,
        file: Option<&str>,
        line: Option<usize>,
        title: &str,
        message: &str,
    ) -> io::Result<()> {
        let file = file.map(|file| format!("file={}", property(file)));
        let line = line.map(|line| format!("line={line}"));
        let title = Some(format!("title={}", property(title)));
        let properties: Vec<String> = [file, line, title].into_iter().flatten().collect();
        let properties = properties.join(",");
        writeln!(self.out, "::error {properties}::{}", data(message))
    }

    fn lane(&mut self, lane: Lane, counts: Counts, remark: &str) -> io::Result<()> {
        let Counts {
            passed,
            failed,
            waived,
            ..
        } = counts;
        let name = lane.name();
        let remark = match remark.is_empty() {
            true => String::new(),
            false => format!("  ({remark})"),
        };
        let waived = match waived {
            0 => String::new(),
            waived => format!(", {waived} known to be open"),
        };
        let counts = format!("{passed:>5} passed, {failed} failed{waived}");
        writeln!(self.out, "{name:<9} {counts}{remark}")
    }

    fn finished(&mut self, summary: &Summary) -> io::Result<()> {
        writeln!(self.out, "{}", summary.ledger)?;
        self.out.flush()?;
        if let Some(page) = &mut self.page {
            page.write_all(step_summary::page(summary).as_bytes())?;
            page.flush()?;
        }
        Ok(())
    }

    fn write(&mut self, event: &Event) -> io::Result<()> {
        match event {
            Event::Case(judgement) => self.case(judgement),
            Event::LaneFinished {
                lane,
                counts,
                remark,
                ..
            } => self.lane(*lane, *counts, remark),
            Event::Problem(problem) => self.problem(problem),
            Event::Finished(summary) => self.finished(summary),
            Event::Started(_)
            | Event::Working(_)
            | Event::LeftOut { .. }
            | Event::LaneStarted { .. }
            | Event::Progress { .. } => Ok(()),
        }
    }
}

/// The text of a command: one line.
fn data(text: &str) -> String {
    let text = text.replace('%', "%25");
    text.replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property, which commas and colons end.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

impl<W: Write + Send> Reporter for Github<W> {
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
#[path = "github_tests.rs"]
mod tests;
