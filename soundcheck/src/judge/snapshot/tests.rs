//! The text of a snapshot, and the difference between two.

use camino::Utf8Path;

use super::file;
use super::*;
use crate::ground::diagnostic;
use crate::ground::facts;
use crate::ground::problem::Problem;
use crate::judge::case::Case;
use crate::judge::kind::Kind;
use crate::judge::places::Places;
use crate::judge::scan::Scans;

const ROOT: &str = "/r";

fn case() -> Case {
    let path = Utf8Path::new("ui-fail/g/n.rs");
    let text = "//! D.\n//@ claim: c\nstruct X; //~ E0277\nfn main() {}\n";
    let (root, scans) = (Utf8Path::new(ROOT), Scans::new(facts::Facts::none()));
    Case::parse(
        &Places::usual(),
        Kind::Fail,
        root,
        path,
        text,
        &scans,
        &mut Vec::new(),
    )
}

fn span(file: &str, line: usize, columns: (usize, usize), primary: bool, label: &str) -> String {
    let (start, end) = columns;
    format!(
        r#"{{"file_name":"{file}","line_start":{line},"line_end":{line},"column_start":{start},"column_end":{end},"is_primary":{primary},"label":"{label}","expansion":null}}"#
    )
}

fn said(level: &str, message: &str, spans: &[String], children: &[String]) -> String {
    let (spans, children) = (spans.join(","), children.join(","));
    format!(
        r#"{{"message":"{message}","code":{{"code":"E0277"}},"level":"{level}","spans":[{spans}],"children":[{children}],"rendered":"r"}}"#
    )
}

fn text(said: &str) -> String {
    let (errors, _) = diagnostic::parse(said);
    let errors: Vec<_> = errors.iter().collect();
    entry(Utf8Path::new(ROOT), &case(), &errors)
}

#[test]
fn places_labels_and_notes_are_kept_and_help_is_not() {
    let mine = span("/r/ui-fail/g/n.rs", 3, (5, 9), true, "here");
    let api = span("/r/api/src/lib.rs", 7, (1, 2), false, "declared");
    let std = span(
        "/rustc/abc/library/core/src/a.rs",
        1,
        (1, 2),
        true,
        "in core",
    );
    let note = said("note", "needed\\n  by this", &[api.clone(), std], &[]);
    let help = said("help", "try", std::slice::from_ref(&api), &[]);
    let error = said("error", "no `X`", &[api, mine], &[note, help]);
    let expected = "error[E0277] 3:5-9: no `X`\n  3:5-9: here\n  api/src/lib.rs: declared\n  note: needed\n        by this\n    api/src/lib.rs: declared\n";
    assert_eq!(text(&error), expected);
}

#[test]
fn neither_the_root_nor_a_batch_is_in_the_text() {
    let mine = span("/r/ui-fail/g/n.rs", 3, (5, 9), true, "is case_00001_n::X");
    let error = said("error", "in {closure@/r/ui-fail/g/n.rs:3:5}", &[mine], &[]);
    let expected = "error[E0277] 3:5-9: in {closure@ui-fail/g/n.rs:3:5}\n  3:5-9: is X\n";
    assert_eq!(text(&error), expected);
}

#[test]
fn errors_are_in_the_order_of_their_places() {
    let at = |line: usize| span("/r/ui-fail/g/n.rs", line, (1, 2), true, "l");
    let one = said("error", "one", &[at(9)], &[]);
    let two = said("error", "two", &[at(4)], &[]);
    let (forth, back) = (format!("{one}\n{two}"), format!("{two}\n{one}"));
    assert_eq!(text(&forth), text(&back));
    assert!(text(&forth).starts_with("error[E0277] 4:1-2: two\n"));
}

#[test]
fn other_words_are_wording() {
    let old = "error[E0277] 3:5-9: no `X`\n  3:5-9: here\n";
    let is = |new: &str| compare(Some(old), new);
    assert_eq!(is(old), None);
    assert_eq!(is("error[E0277] 3:6-9: not `X`\n"), Some(Change::Wording));
    assert_eq!(
        is("error[E0308] 3:5-9: no `X`\n  3:5-9: here\n"),
        Some(Change::Reason)
    );
    assert_eq!(
        is("error[E0277] 4:5-9: no `X`\n  4:5-9: here\n"),
        Some(Change::Reason)
    );
    assert_eq!(is(&format!("{old}{old}")), Some(Change::Reason));
    assert_eq!(is(""), Some(Change::Reason));
    assert_eq!(compare(None, old), Some(Change::New));
}

#[test]
fn a_difference_is_shown_by_its_lines() {
    let shown = describe("error: a\n  same\n", "error: b\n  same\n");
    assert_eq!(shown, "- error: a\n+ error: b");
}

fn parse(text: &str) -> (file::Entries, Vec<String>) {
    let mut problems = Vec::new();
    let entries = file::parse(Utf8Path::new("s/g.txt"), text, &mut problems);
    (entries, problems.iter().map(Problem::to_string).collect())
}

#[test]
fn a_file_is_read_as_it_is_written() {
    let text = "[a]\nerror[E0277] 3:5-9: no\n  3:5-9: here\n\n[b]\nerror 1:1-2: two\n";
    let (entries, problems) = parse(text);
    assert_eq!(problems, [] as [String; 0]);
    assert_eq!(entries["b"].text, "error 1:1-2: two\n");
    assert_eq!(file::print(&entries), text);
}

#[test]
fn a_damaged_file_is_reported_by_line() {
    let (_, problems) = parse("stray\n[a]\n<<<<<<< HEAD\n\n[a]\n");
    let starts = [
        "s/g.txt:1: this line",
        "s/g.txt:3: this line",
        "s/g.txt:5: the snapshot",
    ];
    assert_eq!(problems.len(), starts.len());
    for (problem, start) in problems.iter().zip(starts) {
        assert!(problem.starts_with(start), "{problem}");
    }
}
