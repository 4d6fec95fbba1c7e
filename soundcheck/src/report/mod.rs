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

use crate::judge::event::Event;
use crate::judge::event::Judgement;
use crate::judge::reporter::Reporter as _;

/// A failure in the words of the report for people, without colour.
pub fn describe(judgement: &Judgement) -> String {
    let mut human = Human::new(anstream::StripStream::new(Vec::new()), false);
    human.event(&Event::Case(judgement.clone()));
    let text = human.into_inner().into_inner();
    String::from_utf8_lossy(&text).trim_end().to_owned()
}
