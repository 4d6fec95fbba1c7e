//! Which change of a patch a broken claim is nearest to.
//!
//! Owns a guess, and says so: a compiler knows where an error is, and nobody
//! knows which line an error is missing because of. The best guess is the
//! changed line that shares the rarest names with the failure.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use camino::Utf8Path;

use super::diff::Change;
use super::diff::File;
use super::diff::Hunk;
use super::place;
use super::place::Place;
use super::series::Patch;
use crate::judge::event::Failure;

/// The folder of what is judged.
const JUDGED: &str = "rust/kernel/drm";

/// How much a name counts by where the failure has it.
const SAID: f64 = 3.0;
const IN_PROGRAM: f64 = 1.0;

/// How much a name counts that only stands around a changed line.
const AROUND: f64 = 0.5;

/// The change that a failure is nearest to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nearest {
    /// Where.
    pub place: Place,
    /// The line as the diff has it, after the one that it replaces.
    pub quotes: Vec<String>,
    /// Whether the compiler stopped on this very line.
    pub is_exact: bool,
}

/// Finds the change that is nearest to a failure of a program.
pub fn nearest(patch: &Patch, failure: &Failure, program: &str) -> Option<Nearest> {
    if let Some(place) = stopped(patch, &failure.got) {
        return Some(place);
    }
    let guessed = guess(patch, &weights(failure, program));
    let first = || {
        let mut changes = patch.diff.changes();
        changes.find(|(file, _, _)| is_judged(file))
    };
    let found = guessed
        .or_else(first)
        .or_else(|| patch.diff.changes().next());
    found.map(replaced)
}

/// A removed line that is replaced by another says both; the place is that of
/// the new one.
fn replaced((file, hunk, change): Found<'_>) -> Nearest {
    let other = |other: &&Change| other.line == change.line && other.is_added != change.is_added;
    let pair = [Some(change), hunk.changes.iter().find(other)];
    let mut pair: Vec<&Change> = pair.into_iter().flatten().collect();
    pair.sort_by_key(|change| change.is_added);
    let quotes = pair.iter().map(|change| Place::of(file, change).quote);
    Nearest {
        place: Place::of(file, pair.last().unwrap_or(&change)),
        quotes: quotes.collect(),
        is_exact: false,
    }
}

fn is_judged(file: &File) -> bool {
    file.path().starts_with(JUDGED)
}

/// The change at the first place of the patch's files that a message names.
fn stopped(patch: &Patch, said: &str) -> Option<Nearest> {
    let mut places = patch.diff.files.iter().filter_map(|file| {
        let (_, after) = said.split_once(&format!("{}:", file.path()))?;
        let digits = after.find(|letter: char| !letter.is_ascii_digit());
        let line = after[..digits.unwrap_or(after.len())].parse().ok()?;
        Some((file.path(), line))
    });
    let (file, line): (&Utf8Path, usize) = places.next()?;
    let place = place::nearest(patch, file, line, |change| change.is_added)
        .or_else(|| place::nearest(patch, file, line, |_| true))?;
    let is_exact = place.line == line && place.quote.starts_with('+');
    let quotes = vec![place.quote.clone()];
    Some(Nearest {
        place,
        quotes,
        is_exact,
    })
}

type Found<'a> = (&'a File, &'a Hunk, &'a Change);

/// The line with the greatest weight; the first of several.
fn guess<'a>(patch: &'a Patch, weights: &BTreeMap<String, f64>) -> Option<Found<'a>> {
    let code = || {
        let changes = patch.diff.changes();
        changes.filter(|(_, _, change)| !is_comment(&change.text))
    };
    let mut times: BTreeMap<&str, f64> = BTreeMap::new();
    for (_, _, change) in code() {
        for word in words(&change.text) {
            *times.entry(word).or_default() += 1.0;
        }
    }
    let weight = |word: &str| {
        let weight = weights.get(word).copied().unwrap_or_default();
        weight / times.get(word).copied().unwrap_or(1.0).max(1.0)
    };
    let score = |(file, hunk, change): &Found<'_>| {
        let own: f64 = words(&change.text).into_iter().map(weight).sum();
        let around: f64 = words(&hunk.around).into_iter().map(weight).sum();
        let factor = if is_judged(file) { 2.0 } else { 1.0 };
        factor * (own + AROUND * around)
    };
    let mut best: Option<(f64, Found<'_>)> = None;
    for found in code() {
        let score = score(&found);
        if score > best.map_or(0.0, |(best, _)| best) {
            best = Some((score, found));
        }
    }
    best.map(|(_, found)| found)
}

fn is_comment(text: &str) -> bool {
    let text = text.trim_start();
    text.is_empty() || text.starts_with("//")
}

/// The names that a failure is about, and how much each counts.
fn weights(failure: &Failure, program: &str) -> BTreeMap<String, f64> {
    let mut weights = BTreeMap::new();
    let code = program.lines().filter(|line| !is_comment(line));
    for line in code {
        for word in words(line) {
            weights.insert(word.to_owned(), IN_PROGRAM);
        }
    }
    for text in [&failure.expected, &failure.got] {
        for word in words(text) {
            weights.insert(word.to_owned(), SAID);
        }
    }
    weights
}

/// The names in a text, each once: no keywords, and nothing too short to mean
/// anything.
fn words(text: &str) -> BTreeSet<&str> {
    const COMMON: [&str; 14] = [
        "crate", "drm", "for", "impl", "kernel", "let", "mut", "pub", "return", "self", "struct",
        "the", "use", "where",
    ];
    let is_letter = |letter: char| letter.is_alphanumeric() || letter == '_';
    let words = text.split(|letter| !is_letter(letter));
    words
        .filter(|word| word.len() > 2 && !COMMON.contains(word))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::series::Series;
    use super::*;

    const PATCH: &str = "diff --git a/Documentation/x.rst b/Documentation/x.rst\n\
        --- a/Documentation/x.rst\n+++ b/Documentation/x.rst\n@@ -1 +1 @@\n-one\n+Says registration_guard.\n\
        diff --git a/rust/kernel/drm/device.rs b/rust/kernel/drm/device.rs\n\
        --- a/rust/kernel/drm/device.rs\n+++ b/rust/kernel/drm/device.rs\n\
        @@ -10,2 +10,4 @@\n one\n+// registration_guard\n+fn other(&self) {}\n two\n\
        @@ -20,3 +22,3 @@\n-impl<T: Driver> Device<T, Ioctl> {\n+impl<T: Driver> Device<T> {\n     #[must_use]\n\
        \x20    pub fn registration_guard(&self) {\n";

    fn of(expected: &str, got: &str, program: &str) -> Nearest {
        let series = Series::parse("x.patch", PATCH.as_bytes()).expect("it is a patch");
        let failure = Failure {
            line: None,
            expected: expected.to_owned(),
            got: got.to_owned(),
            next: String::new(),
        };
        let found = nearest(&series.patches[0], &failure, program);
        found.expect("the patch has changes")
    }

    #[test]
    fn the_line_with_the_names_of_the_failure_is_nearest() {
        let found = of(
            "E0599 registration_guard on line 8",
            "the program compiles",
            "fn case<T>(dev: &drm::Device<T>) {}",
        );
        let both = [
            "-impl<T: Driver> Device<T, Ioctl> {",
            "+impl<T: Driver> Device<T> {",
        ];
        assert_eq!(found.quotes, both);
        assert_eq!(found.place.quote, both[1]);
        assert_eq!((found.place.input, found.place.line), (17, 22));
        assert!(!found.is_exact);
    }

    #[test]
    fn the_line_that_the_compiler_stopped_at_is_exact() {
        let said = "error[E0308]: mismatched types\n --> rust/kernel/drm/device.rs:12:5";
        let found = of("it builds", said, "");
        assert!(found.is_exact);
        assert_eq!(found.place.quote, "+fn other(&self) {}");
        let elsewhere = "error --> rust/kernel/drm/device.rs:99:5";
        assert!(!of("it builds", elsewhere, "").is_exact);
    }

    #[test]
    fn without_a_name_in_common_the_first_change_of_the_api_is_nearest() {
        let found = of("nothing", "something", "");
        assert_eq!(found.place.file, "rust/kernel/drm/device.rs");
        assert_eq!(found.place.quote, "+// registration_guard");
    }
}
