//! The page that GitHub shows for a step, in Markdown.
//!
//! Texts of programs are escaped, so that they cannot end the block they are
//! in. GitHub refuses a page that is too long, so the list of failures ends
//! before it is.

use std::fmt::Write as _;

use super::text;
use crate::judge::event::Judgement;
use crate::judge::event::Summary;
use crate::judge::failure::Failure;

/// How many bytes of failures are shown; GitHub takes a megabyte.
const ROOM: usize = 500_000;

/// The page.
pub fn page(summary: &Summary) -> String {
    let mut page = format!("## {}\n\n{}", headline(summary), lanes(summary));
    if !summary.problems.is_empty() {
        page.push_str("\n### Problems\n\n");
    }
    for problem in &summary.problems {
        let problem = escaped(&problem.to_string()).replace('\n', " ");
        page.push_str(&format!("- <code>{problem}</code>\n"));
    }
    if !summary.failures.is_empty() {
        page.push_str("\n### Failures\n");
    }
    page.push_str(&failures(&summary.failures));
    page.push_str(&format!("\n{}\n", escaped(&summary.ledger)));
    page
}

fn headline(summary: &Summary) -> String {
    let total = text::plural(summary.counts.total, "verdict");
    match summary.is_green() {
        true => format!("soundcheck: all claims hold ({total})"),
        false => format!(
            "soundcheck: not sound as it stands ({} of {total} failed, {} not judged, {})",
            summary.counts.failed,
            summary.counts.not_judged,
            text::plural(summary.problems.len(), "problem")
        ),
    }
}

fn lanes(summary: &Summary) -> String {
    let mut table =
        String::from("| lane | passed | failed | not judged | known holes |\n| --- | ---: | ---: | ---: | ---: |\n");
    for (lane, counts) in &summary.lanes {
        let row = format!(
            "| {} | {} | {} | {} | {} |\n",
            lane.name(),
            counts.passed,
            counts.failed,
            counts.not_judged,
            counts.waived
        );
        table.push_str(&row);
    }
    table
}

fn failures(failures: &[Judgement]) -> String {
    let mut list = String::new();
    for (index, judgement) in failures.iter().enumerate() {
        let Some(failure) = &judgement.failure else {
            continue;
        };
        let entry = entry(judgement, failure);
        if list.len() + entry.len() > ROOM {
            let rest = text::plural(failures.len() - index, "more failure");
            list.push_str(&format!("\n{rest}: see the log.\n"));
            break;
        }
        list.push_str(&entry);
    }
    list
}

fn entry(judgement: &Judgement, failure: &Failure) -> String {
    let line = failure
        .line
        .map_or(String::new(), |line| format!(":{line}"));
    let place = escaped(&format!("{}{line}", judgement.path));
    let (lane, id) = (judgement.lane.name(), escaped(&judgement.id));
    let mut entry = format!("\n<details><summary>{lane} <code>{id}</code></summary>\n\n");
    let detail = escaped(&text::detail(judgement, failure));
    // Writing to a text cannot fail.
    let _ = write!(entry, "<pre>{place}\n{detail}</pre>\n\n</details>\n");
    entry
}

fn escaped(text: &str) -> String {
    let text = text::plain(text).replace('&', "&amp;");
    text.replace('<', "&lt;").replace('>', "&gt;")
}
