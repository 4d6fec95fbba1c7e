//! Progress on a terminal, around another reporter.
//!
//! Owns the bar on standard error. It is removed before the other reporter
//! writes, and is never drawn where there is no terminal.

use indicatif::ProgressBar;
use indicatif::ProgressStyle;

use crate::judge::event::Event;
use crate::judge::event::Summary;
use crate::judge::reporter::Reporter;
use crate::judge::tally::Tally;

/// A reporter with a progress bar.
pub struct Progress<R> {
    inner: R,
    bar: ProgressBar,
}

impl<R: Reporter> Progress<R> {
    /// Shows progress while `inner` reports.
    pub fn new(inner: R) -> Self {
        let bar = ProgressBar::no_length();
        let style = ProgressStyle::with_template("{msg} {pos}/{len}")
            .unwrap_or_else(|_| ProgressStyle::default_bar());
        bar.set_style(style);
        Self { inner, bar }
    }
}

impl<R: Reporter> Reporter for Progress<R> {
    fn event(&mut self, event: &Event) {
        match event {
            Event::Working(what) => {
                self.bar.set_length(0);
                self.bar.set_message(what.clone());
            }
            Event::LaneStarted { lane, total } => {
                self.bar.set_position(0);
                self.bar.set_length(*total as u64);
                self.bar.set_message(lane.name());
            }
            Event::Progress { done, .. } => self.bar.set_position(*done as u64),
            Event::Finished(_) => {
                self.bar.finish_and_clear();
                self.inner.event(event);
            }
            _ => {
                let inner = &mut self.inner;
                self.bar.suspend(|| inner.event(event));
            }
        }
    }

    fn settle(&mut self, summary: &Summary) {
        let inner = &mut self.inner;
        self.bar.suspend(|| inner.settle(summary));
    }

    fn tally(&self) -> &Tally {
        self.inner.tally()
    }
}
