//! Consumers of the event stream.
//!
//! A reporter keeps books about the verdicts that it has written, so that the
//! ledger can notice one that was left out. It decides nothing.

use crate::judge::event::Event;
use crate::judge::event::Summary;
use crate::judge::tally::Tally;

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
