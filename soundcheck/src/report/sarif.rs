//! The report for code scanning: SARIF 2.1.0.
//!
//! The rules are the claims, a result is a failure, and what is wrong outside
//! of any verdict is a notification. Verdicts that hold are numbers only. The
//! document is written when all verdicts are known, and counts once it is.

use std::collections::BTreeMap;
use std::io;
use std::io::Write;

use camino::Utf8Path;
use percent_encoding::utf8_percent_encode;
use percent_encoding::AsciiSet;
use percent_encoding::NON_ALPHANUMERIC;
use serde_json::json;
use serde_json::Value;

use super::text;
use crate::ground::problem::Problem;
use crate::judge::claim::Claim;
use crate::judge::event::Counts;
use crate::judge::event::Event;
use crate::judge::event::Failure;
use crate::judge::event::Judgement;
use crate::judge::event::Summary;
use crate::judge::lane::Lane;
use crate::judge::reporter::Reporter;
use crate::judge::tally::Tally;

/// The rule of a failure that no claim speaks about.
const UNCLAIMED: &str = "unclaimed";

/// The place that paths are relative to.
const ROOT: &str = "%SRCROOT%";

/// What must be escaped in the path of a URI.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Writes one SARIF document.
pub struct Sarif<W> {
    out: W,
    rules: Vec<Value>,
    results: Vec<Value>,
    lanes: BTreeMap<Lane, Counts>,
    counts: Counts,
    tally: Tally,
}

impl<W: Write + Send> Sarif<W> {
    /// A reporter to a stream.
    pub fn new(out: W) -> Self {
        Self {
            out,
            rules: Vec::new(),
            results: Vec::new(),
            lanes: BTreeMap::new(),
            counts: Counts::default(),
            tally: Tally::new("sarif"),
        }
    }

    fn case(&mut self, judgement: &Judgement) {
        let outcome = judgement.outcome();
        self.counts.add(outcome);
        self.lanes.entry(judgement.lane).or_default().add(outcome);
        if let Some(failure) = &judgement.failure {
            let result = self.result(judgement, failure);
            self.results.push(result);
        }
        if let Some(hole) = &judgement.waived {
            let result = self.known(judgement, hole);
            self.results.push(result);
        }
    }

    /// A hole that is known to be open is a result that its contract suppresses.
    fn known(&self, judgement: &Judgement, hole: &str) -> Value {
        let failure = Failure {
            line: None,
            expected: String::new(),
            got: String::new(),
            next: String::new(),
        };
        let mut result = self.result(judgement, &failure);
        result["message"]["text"] = text::plain(hole).into();
        result["level"] = "note".into();
        result["suppressions"] = json!([{ "kind": "external", "justification": "known hole" }]);
        result
    }

    fn result(&self, judgement: &Judgement, failure: &Failure) -> Value {
        let is_rule = |rule: &Value| rule["id"] == judgement.claim.as_str();
        let index = self.rules.iter().position(is_rule);
        let index = index.unwrap_or(self.rules.len().saturating_sub(1));
        let rule = self
            .rules
            .get(index)
            .map_or(UNCLAIMED.into(), |rule| rule["id"].clone());
        let name = format!("{}:{}", judgement.lane.name(), judgement.id);
        json!({
            "ruleId": rule,
            "ruleIndex": index,
            "kind": "fail",
            "level": "error",
            "message": { "text": text::detail(judgement, failure) },
            "locations": [{
                "physicalLocation": place(&judgement.path, failure.line),
                "logicalLocations": [{ "fullyQualifiedName": name }],
            }],
            // A case fails at most once in a lane, wherever its lines move.
            "partialFingerprints": { "primaryLocationLineHash": name },
        })
    }

    fn document(&self, summary: &Summary) -> Value {
        json!({
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [{
                "tool": { "driver": {
                    "name": "soundcheck",
                    "semanticVersion": env!("CARGO_PKG_VERSION"),
                    "rules": self.rules,
                }},
                "automationDetails": { "id": format!("soundcheck/{}/", summary.target) },
                "originalUriBaseIds": { ROOT: {
                    "description": { "text": "The root of the workspace." },
                }},
                "invocations": [{
                    "executionSuccessful": summary.problems.is_empty(),
                    "exitCode": summary.exit_code(),
                    "toolExecutionNotifications": summary
                        .problems
                        .iter()
                        .map(notification)
                        .collect::<Vec<Value>>(),
                }],
                "results": self.results,
                "properties": { "counts": self.counts, "lanes": self.lanes },
            }],
        })
    }

    fn write(&mut self, summary: &Summary) -> io::Result<()> {
        let document = serde_json::to_string_pretty(&self.document(summary))?;
        self.out.write_all(document.as_bytes())?;
        self.out.write_all(b"\n")?;
        self.out.flush()
    }
}

fn rule(claim: &Claim) -> Value {
    json!({
        "id": claim.id,
        "shortDescription": { "text": claim.sentence },
        "help": { "text": format!("Promised by {}.", claim.source) },
        "defaultConfiguration": { "level": "error" },
    })
}

fn unclaimed() -> Value {
    json!({
        "id": UNCLAIMED,
        "shortDescription": { "text": "The programs build." },
        "help": { "text": "Nothing can be judged until they do." },
        "defaultConfiguration": { "level": "error" },
    })
}

/// Code scanning shows nothing that has no line.
fn place(path: &Utf8Path, line: Option<usize>) -> Value {
    let escaped = utf8_percent_encode(path.as_str(), ESCAPED);
    let artifact = match path.is_absolute() {
        true => json!({ "uri": format!("file://{escaped}") }),
        false => json!({ "uri": escaped.to_string(), "uriBaseId": ROOT }),
    };
    json!({
        "artifactLocation": artifact,
        "region": { "startLine": line.unwrap_or(1) },
    })
}

fn notification(problem: &Problem) -> Value {
    let mut notification = json!({
        "level": "error",
        "message": { "text": text::plain(&problem.to_string()) },
    });
    if let Some(path) = &problem.path {
        let location = json!({ "physicalLocation": place(path, problem.line) });
        notification["locations"] = json!([location]);
    }
    notification
}

impl<W: Write + Send> Reporter for Sarif<W> {
    fn event(&mut self, event: &Event) {
        match event {
            Event::Started(start) => {
                let rules = start.claims.values().map(rule);
                self.rules = rules.chain([unclaimed()]).collect();
                // An old report must not be taken for the one of this run.
                let emptied = self.out.flush();
                self.tally.enter(0, emptied);
            }
            Event::Case(judgement) => self.case(judgement),
            _ => {}
        }
    }

    fn settle(&mut self, summary: &Summary) {
        let written = self.write(summary);
        self.tally.enter(self.counts.total, written);
    }

    fn tally(&self) -> &Tally {
        &self.tally
    }
}

#[cfg(test)]
#[path = "sarif_tests.rs"]
mod tests;
