//! One mutant: an edit of the sources with a name, and what it turns them into.

use std::collections::BTreeMap;
use std::ops::Range;

use anyhow::ensure;
use anyhow::Context as _;
use camino::Utf8PathBuf;
use serde::Deserialize;
use serde::Serialize;

/// The files of a subject by their paths, relative to the root of the sources.
pub type Texts = BTreeMap<Utf8PathBuf, String>;

/// What a mutant changes, which decides who looks first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// What compiles: cases that must be refused are looked at first.
    Types,
    /// Sizes, alignments and offsets.
    Layout,
    /// What runs: programs are looked at first.
    Bodies,
}

/// One edit of the sources.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mutant {
    /// `<operator>@<file>:<item path>[#n]`, or `by-hand@<name>`; it has no spaces.
    pub id: String,
    /// The name of the operator.
    pub operator: String,
    /// What it changes.
    pub effect: Effect,
    /// The change in one line.
    pub what: String,
    /// The change itself.
    pub edits: Vec<Edit>,
    /// Further edits for when it does not build: sets, to be tried one at a time.
    pub adaptations: Vec<Vec<Edit>>,
    /// The claim that it takes away, where somebody said so.
    pub claim: Option<String>,
}

/// A piece of one file with the text that takes its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// The file, relative to the root of the sources.
    pub file: Utf8PathBuf,
    /// The bytes that are replaced.
    pub range: Range<usize>,
    /// What replaces them.
    pub text: String,
}

impl Mutant {
    /// The edits, with those of one adaptation if one is asked for.
    pub fn edits_with(&self, adaptation: Option<usize>) -> Vec<Edit> {
        let more = adaptation.and_then(|index| self.adaptations.get(index));
        self.edits
            .iter()
            .chain(more.into_iter().flatten())
            .cloned()
            .collect()
    }

    /// The line of the first edit, from 1; 1 also if its file is not known.
    pub fn line(&self, texts: &Texts) -> usize {
        let line = |edit: &Edit| {
            let before = texts.get(&edit.file)?.get(..edit.range.start)?;
            Some(before.matches('\n').count() + 1)
        };
        self.edits.first().and_then(line).unwrap_or(1)
    }

    /// The change as a unified diff.
    ///
    /// # Errors
    ///
    /// Fails as [`apply`] does.
    pub fn diff(&self, texts: &Texts) -> anyhow::Result<String> {
        diff(&self.edits, texts)
    }
}

/// Edits as a unified diff.
fn diff(edits: &[Edit], texts: &Texts) -> anyhow::Result<String> {
    let mut diff = String::new();
    for (file, after) in apply(edits, texts)? {
        let patch = diffy::DiffOptions::new()
            .set_original_filename(format!("a/{file}"))
            .set_modified_filename(format!("b/{file}"))
            .create_patch(&texts[&file], &after)
            .to_string();
        diff.push_str(&patch);
    }
    Ok(diff)
}

/// The files that the edits change, as they are afterwards.
///
/// # Errors
///
/// Fails if a file is not there, or if edits overlap or do not fit it.
pub fn apply(edits: &[Edit], texts: &Texts) -> anyhow::Result<Texts> {
    let mut sorted: Vec<&Edit> = edits.iter().collect();
    // The last first, so that the places of the others stay true; stable for edits of one place.
    sorted.sort_by_key(|edit| std::cmp::Reverse((edit.range.start, edit.range.end)));
    let mut changed = Texts::new();
    let mut least: BTreeMap<&Utf8PathBuf, usize> = BTreeMap::new();
    for edit in sorted {
        let original = texts
            .get(&edit.file)
            .with_context(|| format!("{} is not among the sources", edit.file))?;
        let Range { start, end } = edit.range;
        let before = least.insert(&edit.file, start).unwrap_or(original.len());
        ensure!(
            start <= end && end <= before && original.get(start..end).is_some(),
            "edits of {} overlap or do not fit it, at byte {start}",
            edit.file,
        );
        changed
            .entry(edit.file.clone())
            .or_insert_with(|| original.clone())
            .replace_range(start..end, &edit.text);
    }
    Ok(changed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(range: Range<usize>, text: &str) -> Edit {
        Edit {
            file: "a.rs".into(),
            range,
            text: text.into(),
        }
    }

    #[test]
    fn edits_are_applied_from_the_end() {
        let texts = Texts::from([("a.rs".into(), "one two three\n".into())]);
        let edits = [edit(0..3, "eins"), edit(8..13, "drei"), edit(4..4, "und ")];
        let changed = apply(&edits, &texts).expect("they fit");
        let after = changed.values().next().map(String::as_str);
        assert_eq!(after, Some("eins und two drei\n"));
    }

    #[test]
    fn edits_that_overlap_or_do_not_fit_are_refused() {
        let texts = Texts::from([("a.rs".into(), "one two\n".into())]);
        assert!(apply(&[edit(0..4, ""), edit(3..5, "")], &texts).is_err());
        assert!(apply(&[edit(0..40, "")], &texts).is_err());
        assert!(apply(&[edit(0..1, "")], &Texts::new()).is_err());
    }
}
