//! KTAP, read by a small parser after its specification: a version line, a
//! plan, results in order, and subtests two spaces deeper, before their result.

use super::*;
use crate::report::recorded;
use crate::report::recorded::Page;

/// A level of a report.
#[derive(Debug, Default)]
struct Level {
    results: Vec<Test>,
}

#[derive(Debug)]
struct Test {
    holds: bool,
    name: String,
    subtests: Option<Level>,
}

/// Reads the level at an indent, and leaves the lines after it.
fn level(lines: &mut &[&str], indent: &str) -> Level {
    let deeper = format!("{indent}  ");
    let version = take(lines, indent);
    assert_eq!(version, "KTAP version 1");
    let (mut level, mut plan, mut subtests) = (Level::default(), None, None);
    while let Some(line) = lines.first().copied() {
        if line.starts_with(&deeper) && line.trim_start() == "KTAP version 1" {
            subtests = Some(self::level(lines, &deeper));
            continue;
        }
        if !line.starts_with(indent) {
            break;
        }
        let line = take(lines, indent);
        assert!(!line.starts_with(' '), "`{line}` is too deep");
        if line.starts_with('#') {
            continue;
        }
        if let Some(number) = line.strip_prefix("1..") {
            assert!(
                plan.is_none() && level.results.is_empty(),
                "the plan comes first"
            );
            plan = Some(number.parse().expect("the plan is a number"));
            continue;
        }
        let test = result(line, level.results.len() + 1, subtests.take());
        level.results.push(test);
    }
    assert_eq!(Some(level.results.len()), plan, "the plan is kept");
    level
}

fn take<'a>(lines: &mut &[&'a str], indent: &str) -> &'a str {
    let (first, rest) = lines.split_first().expect("there is a line");
    *lines = rest;
    let line = first.strip_prefix(indent);
    line.unwrap_or_else(|| panic!("`{first}` is not deep enough"))
}

fn result(line: &str, number: usize, subtests: Option<Level>) -> Test {
    let (holds, rest) = match (line.strip_prefix("ok "), line.strip_prefix("not ok ")) {
        (Some(rest), _) => (true, rest),
        (_, Some(rest)) => (false, rest),
        _ => panic!("`{line}` is no line of KTAP"),
    };
    let name = rest.strip_prefix(&format!("{number} "));
    let name = name.unwrap_or_else(|| panic!("`{line}` is not number {number}"));
    let (name, directive) = name.split_once(" # ").unwrap_or((name, ""));
    let is_known = directive.is_empty() || directive.starts_with("XFAIL ");
    assert!(
        is_known && !directive.contains(" #"),
        "`{line}` has a directive"
    );
    Test {
        holds,
        name: name.to_owned(),
        subtests,
    }
}

fn parse(text: &str) -> Level {
    let lines: Vec<&str> = text.lines().collect();
    let mut lines = lines.as_slice();
    let level = level(&mut lines, "");
    assert!(lines.is_empty(), "{lines:?} belongs to nothing");
    level
}

fn written(events: &[Event]) -> (Level, usize) {
    let page = Page::default();
    let mut ktap = Ktap::new(page.clone());
    for event in events {
        if let Event::Finished(summary) = event {
            ktap.settle(summary);
        }
        ktap.event(event);
    }
    (parse(&page.text()), ktap.tally().reported)
}

#[test]
fn a_lane_is_a_test_with_its_cases_as_subtests() {
    let (report, _) = written(&recorded::run());
    let lane = |lane: &Lane| lane.name();
    let names: Vec<&str> = report
        .results
        .iter()
        .map(|test| test.name.as_str())
        .collect();
    let lanes: Vec<&str> = Lane::KNOWN.iter().map(lane).chain(["ledger"]).collect();
    assert_eq!(names, lanes);
    let run = recorded::summary();
    for (lane, test) in Lane::KNOWN.iter().zip(&report.results) {
        let cases = test
            .subtests
            .as_ref()
            .map_or(&[][..], |level| &level.results);
        let counts = run.lanes.get(lane).copied().unwrap_or_default();
        let passed = cases.iter().filter(|case| case.holds).count();
        let open = counts.passed + counts.waived;
        assert_eq!((cases.len(), passed), (counts.total, open));
        assert_eq!(
            test.holds,
            counts.failed == 0 && counts.total > 0,
            "{lane:?}"
        );
    }
}

#[test]
fn a_lane_that_did_not_run_is_not_ok_and_keeps_its_number() {
    let events = recorded::run().into_iter();
    let events: Vec<Event> = events
        .filter(|event| match event {
            Event::Case(judgement) => judgement.lane != Lane::TWINS,
            Event::LaneFinished { lane, .. } => *lane != Lane::TWINS,
            _ => true,
        })
        .collect();
    let (report, reported) = written(&events);
    assert_eq!(report.results[2].name, "twins");
    assert!(!report.results[2].holds);
    assert_eq!(report.results[4].name, "layout");
    assert_eq!(reported, recorded::judgements().len() - 2);
}

#[test]
fn a_verdict_counts_although_its_lane_was_never_done() {
    let mut events = recorded::run();
    events.retain(|event| match event {
        Event::Case(judgement) => judgement.lane == Lane::BUILD,
        Event::LaneFinished { .. } => false,
        _ => true,
    });
    let (report, reported) = written(&events);
    assert_eq!(reported, 1);
    assert!(report.results[0].holds && !report.results[1].holds);
}
