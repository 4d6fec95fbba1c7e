//! Workflow commands, taken apart as a runner does, and the page of the step.

use super::*;
use crate::report::recorded;
use crate::report::recorded::Disk;
use crate::report::recorded::Page;

fn written() -> (String, String) {
    let (out, page) = (Page::default(), Page::default());
    recorded::play(&mut Github::new(out.clone(), Some(Box::new(page.clone()))));
    (out.text(), page.text())
}

/// The text behind the escapes of a command.
fn unescaped(text: &str) -> String {
    let text = text.replace("%3A", ":").replace("%2C", ",");
    let text = text.replace("%0A", "\n").replace("%0D", "\r");
    text.replace("%25", "%")
}

#[test]
fn every_failure_and_problem_is_one_command() {
    let (out, _) = written();
    let commands: Vec<&str> = out
        .lines()
        .filter(|line| line.starts_with("::error "))
        .collect();
    let run = recorded::summary();
    assert_eq!(commands.len(), run.failures.len() + run.problems.len());
    let known = out.lines().filter(|line| line.starts_with("::notice "));
    assert_eq!(known.count(), run.counts.waived);
}

#[test]
fn a_command_says_all_that_the_failure_says() {
    let (out, _) = written();
    let command = out.lines().find(|line| line.contains("ui-pass/leaks"));
    let command = command.expect("there is a command for it");
    let (properties, message) = command["::error ".len()..]
        .split_once("::")
        .expect("a command has two parts");
    assert_eq!(properties, "file=ui-pass/leaks.rs,title=run ui-pass/leaks");
    let failed = recorded::summary().failures.pop().expect("it is the last");
    let failure = failed.failure.as_ref().expect("it has failed");
    assert_eq!(unescaped(message), text::detail(&failed, failure));
}

#[test]
fn commas_and_colons_end_no_property() {
    assert_eq!(property("a:b,c\n5%"), "a%3Ab%2Cc%0A5%25");
    assert_eq!(data("a:b,c\r\n5%0A"), "a:b,c%0D%0A5%250A");
}

#[test]
fn the_page_of_the_step_tells_the_same() {
    let (_, page) = written();
    recorded::snapshot("github_step_summary", &page);
    assert!(!page.contains("\u{1b}"));
    assert_eq!(
        page.matches("</pre>").count(),
        recorded::summary().failures.len()
    );
}

#[test]
fn a_page_that_would_be_too_long_ends_and_says_so() {
    let mut summary = recorded::summary();
    let failed = summary.failures.remove(0);
    summary.failures = vec![failed; 10_000];
    let page = step_summary::page(&summary);
    assert!(page.len() < 1_000_000);
    assert!(page.contains("more failures: see the log."));
}

#[test]
fn a_page_that_cannot_be_written_is_noticed() {
    let mut github = Github::new(Page::default(), Some(Box::new(Disk(10))));
    recorded::play(&mut github);
    assert!(github.tally().failure.is_some());
}
