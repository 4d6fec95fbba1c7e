//! Every format against the recorded run: its snapshot, its books, and what it
//! does when it cannot be written.

use std::path::Path;

use super::*;
use crate::report::recorded;
use crate::report::recorded::Disk;
use crate::report::recorded::Page;

fn written(format: Format) -> String {
    let page = Page::default();
    let out = anstream::StripStream::new(Box::new(page.clone()) as Box<dyn Write + Send>);
    let mut reporter = format.reporter(out, false, None);
    recorded::play(&mut *reporter);
    let tally = reporter.tally();
    assert_eq!(tally.failure, None);
    assert_eq!(tally.name, format.name());
    assert_eq!(tally.reported, recorded::judgements().len());
    page.text()
}

#[test]
fn every_format_has_a_snapshot_of_the_recorded_run() {
    for format in Format::value_variants() {
        let snapshots = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots");
        let file = snapshots.join(format!("{}.snap", format.name()));
        assert!(
            file.is_file() || blessing(),
            "{} is missing",
            file.display()
        );
        recorded::snapshot(format.name(), &written(*format));
    }
}

/// Whether snapshots are being written.
fn blessing() -> bool {
    std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always")
}

#[test]
fn every_format_goes_by_the_name_that_a_call_uses() {
    for format in Format::value_variants() {
        let value = format.to_possible_value().expect("no format is hidden");
        assert_eq!(value.get_name(), format.name());
    }
}

#[test]
fn every_format_names_every_failure_with_what_came_and_what_to_do() {
    for format in Format::value_variants() {
        let text = written(*format);
        for judgement in recorded::summary().failures {
            let failure = judgement.failure.expect("it has failed");
            for words in [
                &judgement.id,
                &judgement.claim,
                &failure.expected,
                &failure.next,
            ] {
                assert!(text.contains(words.as_str()), "{format:?} lacks `{words}`");
            }
        }
        assert!(
            text.contains("unproven claim"),
            "{format:?} lacks a problem"
        );
        assert!(text.contains("日本"), "{format:?} lacks a text");
    }
}

#[test]
fn a_full_disk_is_noticed_by_every_format_down_to_the_last_line() {
    for format in Format::value_variants() {
        let all = written(*format).len();
        for room in [0, all / 3, all - 1] {
            let mut reporter = format.reporter(Disk(room), false, None);
            recorded::play(&mut *reporter);
            let tally = reporter.tally();
            assert!(tally.failure.is_some(), "{format:?} in {room} bytes");
            if room == 0 {
                // A verdict that holds is a number in some formats, and is
                // known to be lost by the failure alone.
                assert!(tally.reported < recorded::judgements().len(), "{format:?}");
            }
        }
    }
}

#[test]
fn a_document_counts_nothing_before_it_is_written() {
    for format in [Format::Junit, Format::Sarif] {
        let page = Page::default();
        let mut reporter = format.reporter(page.clone(), false, None);
        for event in recorded::run() {
            reporter.event(&event);
        }
        assert_eq!((reporter.tally().reported, page.text().as_str()), (0, ""));
        reporter.settle(&recorded::summary());
        assert_eq!(reporter.tally().reported, recorded::judgements().len());
    }
}
