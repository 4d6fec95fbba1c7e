//! The SARIF document against the official schema, and against the run.

use boon::Compiler;
use boon::Schemas;
use boon::ValidationError;

use super::*;
use crate::report::recorded;
use crate::report::recorded::Page;

fn written() -> Value {
    let page = Page::default();
    recorded::play(&mut Sarif::new(page.clone()));
    serde_json::from_str(&page.text()).expect("the document is JSON")
}

/// What the schema has against a document, each with its place.
fn errors(document: &Value) -> Vec<String> {
    // The pattern of languages has a bracket too many, which only lax engines of
    // regular expressions take. We write no languages.
    let schema = include_str!("../../tests/fixtures/sarif/schema.json").replace("{2}]?$", "{2}$");
    let schema = serde_json::from_str(&schema).expect("the schema is JSON");
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    let added = compiler.add_resource("sarif.json", schema);
    added.expect("the schema has a name");
    let index = compiler.compile("sarif.json", &mut schemas);
    let index = index.expect("the schema is one");
    match schemas.validate(document, index) {
        Ok(()) => Vec::new(),
        Err(error) => leaves(&error),
    }
}

/// What an error comes down to: one of the whole is caused by those of its parts.
fn leaves(error: &ValidationError<'_, '_>) -> Vec<String> {
    match error.causes.is_empty() {
        true => vec![error.to_string()],
        false => error.causes.iter().flat_map(leaves).collect(),
    }
}

#[test]
fn the_document_is_valid() {
    assert_eq!(errors(&written()), Vec::<String>::new());
}

#[test]
fn the_schema_refuses_what_is_not_sarif() {
    let mut document = written();
    document["runs"][0]["results"][0]["level"] = json!("terrible");
    assert_eq!(errors(&document).len(), 1);
    document["runs"][0]["results"][0]["lane"] = json!("run");
    assert_eq!(errors(&document).len(), 2);
}

#[test]
fn the_rules_are_the_claims_and_results_point_at_theirs() {
    let run = &written()["runs"][0];
    let rules = run["tool"]["driver"]["rules"]
        .as_array()
        .expect("there are rules");
    let ids: Vec<&Value> = rules.iter().map(|rule| &rule["id"]).collect();
    assert_eq!(
        ids,
        ["guard-needs-ioctl", "no-leak", "untried", "unclaimed"]
    );
    let results = run["results"].as_array().expect("there are results");
    assert_eq!(
        results.len(),
        recorded::summary().counts.failed + recorded::summary().counts.waived
    );
    for result in results {
        let index = result["ruleIndex"].as_u64().expect("it is a number");
        assert_eq!(rules[index as usize]["id"], result["ruleId"]);
    }
}

#[test]
fn a_failure_without_a_claim_has_a_rule_too() {
    let mut sarif = Sarif::new(Page::default());
    let mut judgement = recorded::summary().failures.remove(0);
    judgement.claim = String::new();
    for event in recorded::run().into_iter().take(1) {
        sarif.event(&event);
    }
    sarif.event(&Event::Case(judgement));
    assert_eq!(sarif.results[0]["ruleId"], UNCLAIMED);
    assert_eq!(sarif.results[0]["ruleIndex"], 3);
}

#[test]
fn a_fingerprint_outlives_a_line_that_moves() {
    let fingerprint = |line: usize| {
        let mut sarif = Sarif::new(Page::default());
        let mut judgement = recorded::summary().failures.remove(0);
        let failure = judgement.failure.as_mut().expect("it has failed");
        failure.line = Some(line);
        sarif.event(&Event::Case(judgement));
        sarif.results[0]["partialFingerprints"].clone()
    };
    assert_eq!(fingerprint(8), fingerprint(9));
    let results = &written()["runs"][0]["results"];
    assert_ne!(
        results[0]["partialFingerprints"],
        results[1]["partialFingerprints"]
    );
}

#[test]
fn a_path_is_a_uri() {
    let place = |path: &str| place(Utf8Path::new(path), None)["artifactLocation"].clone();
    let inside = json!({ "uri": "layout/gr%C3%B6%C3%9Fe%201%23.rs", "uriBaseId": ROOT });
    assert_eq!(place("layout/größe 1#.rs"), inside);
    assert_eq!(place("/out/a.rs"), json!({ "uri": "file:///out/a.rs" }));
}
