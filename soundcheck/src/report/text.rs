//! Words that several reports share.
//!
//! Owns what a failure reads like where a format has one text for it, and how
//! the output of programs is made fit for a report that nobody's terminal
//! interprets.

use crate::judge::event::Judgement;
use crate::judge::failure::Failure;

/// A text without escapes and control characters, but for tabs and the ends of
/// its lines.
pub fn plain(text: &str) -> String {
    let text = anstream::adapter::strip_str(text).to_string();
    let text = text.replace("\r\n", "\n");
    let is_kept = |letter: &char| !letter.is_control() || matches!(letter, '\n' | '\t');
    text.chars().filter(is_kept).collect()
}

/// All that is to be said about a failure, a topic a line or more.
pub fn detail(judgement: &Judgement, failure: &Failure) -> String {
    let claim = match judgement.claim.is_empty() {
        true => String::new(),
        false => format!("claim: {}: {}\n", judgement.claim, judgement.sentence),
    };
    let Failure {
        expected,
        got,
        next,
        ..
    } = failure;
    plain(&format!(
        "{claim}expected: {expected}\ngot: {got}\nnext: {next}"
    ))
}

/// A number of things.
pub fn plural(number: usize, noun: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{ending}")
}
