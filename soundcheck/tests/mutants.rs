//! A few mutants of the API that somebody wrote, through the command itself: one
//! for each way in which a mutant is noticed.
//!
//! All of them, and those that operators find, are judged by `soundcheck
//! mutants`; a sample of these runs in CI.

use camino::Utf8Path;
use soundcheck::command::mutants;
use soundcheck::command::mutants::Options;

/// An assertion, a case, and a program must notice.
const SAMPLE: [&str; 3] = [
    "by-hand@context_with_a_field",
    "by-hand@guard_in_every_context",
    "by-hand@release_before_data",
];

#[test]
fn a_mutant_is_noticed_for_its_claim() {
    let root = Utf8Path::new(env!("CARGO_MANIFEST_DIR")).parent();
    let options = Options {
        root: root.map(Utf8Path::to_owned),
        filters: SAMPLE.map(str::to_owned).to_vec(),
        cache: true,
        timeout: 10,
        ..Options::default()
    };
    let mut said = Vec::new();
    let status = mutants::run(&options, &mut said).expect("mutants can be judged");
    let said = String::from_utf8_lossy(&said);
    assert_eq!(status, 0, "{said}");
    assert!(said.contains("3 killed of 3 viable"), "{said}");
}
