//! JSON lines, against what programs are promised: an object a line, a case
//! for each verdict, and the totals last.

use serde_json::Value;

use super::*;
use crate::report::recorded;
use crate::report::recorded::Page;

fn written() -> Vec<Value> {
    let page = Page::default();
    recorded::play(&mut Json::new(page.clone()));
    let parse = |line| serde_json::from_str(line).expect("every line is JSON");
    page.text().lines().map(parse).collect()
}

fn number(value: &Value) -> u64 {
    value
        .as_u64()
        .unwrap_or_else(|| panic!("{value} is no number"))
}

#[test]
fn every_line_is_an_event_and_the_summary_is_last() {
    let lines = written();
    let known = ["case", "problem", "summary"];
    assert!(lines
        .iter()
        .all(|line| known.iter().any(|it| line["event"] == *it)));
    let is_summary = |line: &Value| line["event"] == "summary";
    assert_eq!(lines.iter().position(is_summary), Some(lines.len() - 1));
}

#[test]
fn every_verdict_is_a_case_with_an_id_a_lane_a_target_and_an_outcome() {
    let lines = written();
    let cases = lines.iter().filter(|line| line["event"] == "case");
    let judgements = recorded::judgements();
    assert_eq!(cases.clone().count(), judgements.len());
    for (case, judgement) in cases.zip(judgements) {
        assert_eq!(case["id"], judgement.id.as_str());
        assert_eq!(case["lane"], judgement.lane.name());
        assert_eq!(case["target"], "api");
        assert_eq!(case["outcome"], judgement.outcome().name());
    }
}

#[test]
fn the_summary_adds_up() {
    let lines = written();
    let summary = lines.last().expect("there is a summary");
    assert_eq!(summary["target"], "api");
    let failed = number(&summary["failed"]) + number(&summary["waived"]);
    assert_eq!(
        number(&summary["total"]),
        number(&summary["passed"]) + failed
    );
    let lanes = summary["lanes"].as_object().expect("lanes have names");
    for column in ["total", "passed", "failed"] {
        let sum: u64 = lanes.values().map(|lane| number(&lane[column])).sum();
        assert_eq!(sum, number(&summary[column]), "{column}");
    }
    assert!(number(&summary["elapsed_ms"]) > 0);
}
