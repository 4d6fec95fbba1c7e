//! Progress on a terminal: which patch is being judged.
//!
//! Owns the line on standard error. Where there is no terminal, nothing is
//! drawn.

use std::time::Duration;

use indicatif::ProgressBar;
use indicatif::ProgressStyle;

/// How often the line is drawn again.
const TICK: Duration = Duration::from_millis(200);

/// A line about the patch that is being judged; it goes when it is dropped.
pub struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// Begins a review of so many patches.
    pub fn new(patches: usize) -> Self {
        let bar = ProgressBar::new(patches as u64);
        let style = ProgressStyle::with_template("{spinner} {pos}/{len} {wide_msg} {elapsed}")
            .unwrap_or_else(|_| ProgressStyle::default_spinner());
        bar.set_style(style);
        bar.enable_steady_tick(TICK);
        Self { bar }
    }

    /// Begins with the next step.
    pub fn step(&self, number: usize, title: &str) {
        self.bar.set_position(number as u64);
        self.bar.set_message(title.to_owned());
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
