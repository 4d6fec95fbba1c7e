//! What of a patch a broken claim can be traced to.
//!
//! Owns that nothing is guessed: the compiler says where it stopped, the public
//! items say what a program may meet, and where neither does, only the files
//! that were changed are known.

use std::collections::BTreeSet;

use camino::Utf8PathBuf;

use super::change::Change;
use super::change::Hunk;
use super::novelty::Novelty;
use super::patch::Patch;
use crate::judge::failure::Failure;

/// What of a patch a broken claim can be traced to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The error lies in lines that the patch changed.
    Error {
        /// The changed line that is nearest to it.
        change: Change,
        /// Whether it is on that very line.
        is_exact: bool,
    },
    /// The program names a public item that the patch changed.
    Item {
        /// The name of the item.
        name: String,
        /// The changed lines that declare it.
        changes: Vec<Change>,
    },
    /// The patch changes Rust code in one place only; its first lines.
    Only(Vec<Change>),
    /// It is one of the files that were changed, and nobody knows where.
    Files(BTreeSet<Utf8PathBuf>),
}

impl Cause {
    /// The cause of a failure of a program, as far as it is known.
    pub fn of(patch: &Patch, novelties: &[Novelty], failure: &Failure, program: &str) -> Self {
        let error = stopped(patch, &failure.got);
        let item = || named(novelties, failure, program);
        let known = error.or_else(item).or_else(|| only(patch));
        known.unwrap_or_else(|| {
            let files = patch.hunks.iter().map(|hunk| hunk.file.clone());
            Cause::Files(files.collect())
        })
    }
}

/// The first place in a hunk that a message names, as compilers do:
/// `FILE:LINE:COLUMN`.
fn stopped(patch: &Patch, said: &str) -> Option<Cause> {
    let in_hunk = |hunk: &Hunk| {
        let (_, after) = said.split_once(&format!("{}:", hunk.file))?;
        let end = after.find(|letter: char| !letter.is_ascii_digit());
        let line: usize = after[..end.unwrap_or(after.len())].parse().ok()?;
        let change = hunk.nearest(line).filter(|_| hunk.lines.contains(&line))?;
        Some(Cause::Error {
            is_exact: change.is_added && change.new == line,
            change: change.clone(),
        })
    };
    patch.hunks.iter().find_map(in_hunk)
}

/// The only hunk of Rust code, if there is one.
fn only(patch: &Patch) -> Option<Cause> {
    let mut hunks = patch.hunks.iter();
    let is_rust = |hunk: &&Hunk| hunk.file.extension() == Some("rs");
    let (first, more) = (hunks.find(is_rust)?, hunks.find(is_rust));
    let lines = first.changes.iter().take(2).cloned();
    more.is_none().then(|| Cause::Only(lines.collect()))
}

/// The first changed item whose declaration the patch has, and that the program
/// or what is said of it names.
fn named(novelties: &[Novelty], failure: &Failure, program: &str) -> Option<Cause> {
    let code = program
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    let texts = code.chain([failure.expected.as_str(), failure.got.as_str()]);
    let words: BTreeSet<&str> = texts.flat_map(words).collect();
    let is_named =
        |novelty: &&Novelty| !novelty.changes.is_empty() && words.contains(novelty.word());
    let novelty = novelties.iter().find(is_named)?;
    Some(Cause::Item {
        name: novelty.name.clone(),
        changes: novelty.changes.clone(),
    })
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !(letter.is_alphanumeric() || letter == '_'))
}

#[cfg(test)]
mod tests {
    use std::ops::RangeInclusive;

    use super::super::novelty::Fate;
    use super::super::series::Series;
    use super::*;
    use crate::judge::failure::FailureKind;

    const DEVICE: &str = "rust/kernel/drm/device.rs";

    fn change(quote: &str, new: usize) -> Change {
        Change {
            file: DEVICE.into(),
            is_added: quote.starts_with('+'),
            quote: quote.to_owned(),
            old: new,
            new,
            input: new + 10,
        }
    }

    fn hunk(lines: RangeInclusive<usize>) -> Hunk {
        Hunk {
            file: DEVICE.into(),
            changes: vec![change("+fn other(&self) {}", lines.start() + 3)],
            lines,
        }
    }

    fn of(expected: &str, got: &str, program: &str) -> Cause {
        let diff = "--- a/f\n+++ b/f\n@@ -1 +1 @@\n-one\n+two\n";
        let mut series = Series::parse("x.patch", diff.as_bytes()).expect("it is a patch");
        let patch = &mut series.patches[0];
        patch.hunks = [9..=14, 40..=42].map(hunk).into();
        let novelty = Novelty {
            fate: Fate::Changed,
            name: "drm::Device::registration_guard".to_owned(),
            is_covered: true,
            changes: vec![change("+impl<T> Device<T> {", 30)],
        };
        let failure = Failure {
            kind: FailureKind::Compiles,
            line: None,
            expected: expected.to_owned(),
            got: got.to_owned(),
            next: String::new(),
        };
        Cause::of(patch, &[novelty], &failure, program)
    }

    #[test]
    fn an_error_in_a_hunk_is_there() {
        let at = |line: usize| of("it builds", &format!("error\n --> {DEVICE}:{line}:5"), "");
        let error = |is_exact| Cause::Error {
            change: change("+fn other(&self) {}", 12),
            is_exact,
        };
        assert_eq!(at(12), error(true));
        assert_eq!(at(14), error(false));
        assert!(matches!(at(99), Cause::Files(_)));
    }

    #[test]
    fn a_changed_item_that_the_program_names_is_told() {
        let named = Cause::Item {
            name: "drm::Device::registration_guard".to_owned(),
            changes: vec![change("+impl<T> Device<T> {", 30)],
        };
        assert_eq!(of("", "it compiles", "dev.registration_guard();"), named);
        assert_eq!(of("E0599 registration_guard", "it compiles", ""), named);
    }

    #[test]
    fn where_nothing_is_known_only_the_files_are_told() {
        let files = Cause::Files(BTreeSet::from([DEVICE.into()]));
        let comment = "// registration_guard\nfn main() {}";
        assert_eq!(of("no violation", "memory-leak", comment), files);
    }

    #[test]
    fn the_only_change_of_rust_code_is_told_as_that() {
        let diff = "--- a/f\n+++ b/f\n@@ -1 +1 @@\n-one\n+two\n";
        let mut series = Series::parse("x.patch", diff.as_bytes()).expect("it is a patch");
        let patch = &mut series.patches[0];
        patch.hunks = vec![hunk(9..=14)];
        assert_eq!(only(patch), Some(Cause::Only(hunk(9..=14).changes)));
        patch.hunks.push(hunk(40..=42));
        assert_eq!(only(patch), None);
    }
}
