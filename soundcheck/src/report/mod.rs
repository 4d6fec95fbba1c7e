//! Reporters: consumers of the event stream, one format each.
//!
//! A reporter keeps books about the verdicts that it has written, so that the
//! ledger can notice one that was left out. It decides nothing.

mod choice;
mod destination;
mod format;
mod github;
mod human;
mod json;
mod junit;
mod ktap;
mod progress;
#[cfg(test)]
mod recorded;
mod sarif;
mod step_summary;
mod tally;
mod text;

pub use choice::{Choice, ReportFile};
pub use format::Format;
pub use github::Github;
pub use human::Human;
pub use json::Json;
pub use junit::Junit;
pub use ktap::Ktap;
pub use progress::Progress;
pub use sarif::Sarif;
pub use tally::Tally;

use crate::event::Event;
use crate::event::Judgement;
use crate::event::Summary;

/// A failure in the words of the report for people, without colour.
pub fn describe(judgement: &Judgement) -> String {
    let mut human = Human::new(anstream::StripStream::new(Vec::new()), false);
    human.event(&Event::Case(judgement.clone()));
    let text = human.into_inner().into_inner();
    String::from_utf8_lossy(&text).trim_end().to_owned()
}

/// A consumer of events.
pub trait Reporter: Send {
    /// Takes the next event.
    fn event(&mut self, event: &Event);

    /// Writes what is written only when all verdicts are known.
    ///
    /// This comes before the books are closed, so that the verdicts in a
    /// document count only if the document could be written. The summary lacks
    /// the line of the ledger. `Event::Finished` still follows.
    fn settle(&mut self, _summary: &Summary) {}

    /// What has been written so far.
    fn tally(&self) -> &Tally;
}

impl Reporter for Box<dyn Reporter> {
    fn event(&mut self, event: &Event) {
        (**self).event(event);
    }

    fn settle(&mut self, summary: &Summary) {
        (**self).settle(summary);
    }

    fn tally(&self) -> &Tally {
        (**self).tally()
    }
}
