//! The claims that what is judged asserts of itself while it is built.
//!
//! Owns the form `claim ID:` in messages and comments of its sources. When it
//! does not build, this is how the failure gets its claim.

use std::fs;

use camino::Utf8Path;
use camino::Utf8PathBuf;
use walkdir::WalkDir;

use crate::ground::diagnostic::Diagnostic;

/// A place in the API that names a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assertion {
    /// The claim.
    pub claim: String,
    /// The file below the root of the workspace.
    pub path: Utf8PathBuf,
    /// The line, counted from 1.
    pub line: usize,
}

/// How far above a failing line a claim may be named.
const REACH: usize = 12;

/// Finds the first assertion of each claim in folders with sources.
pub fn scan(root: &Utf8Path, folders: &[Utf8PathBuf]) -> anyhow::Result<Vec<Assertion>> {
    let mut assertions: Vec<Assertion> = Vec::new();
    let walks = folders
        .iter()
        .flat_map(|folder| WalkDir::new(root.join(folder)).sort_by_file_name());
    for entry in walks {
        let Ok(entry) = entry else { continue };
        let path = Utf8PathBuf::try_from(entry.into_path())?;
        if path.extension() != Some("rs") {
            continue;
        }
        let text = fs::read_to_string(&path)?;
        for (index, line) in text.lines().enumerate() {
            let Some(claim) = claim_in(line) else {
                continue;
            };
            if assertions.iter().all(|known| known.claim != claim) {
                assertions.push(Assertion {
                    claim: claim.to_owned(),
                    path: path.strip_prefix(root)?.to_owned(),
                    line: index + 1,
                });
            }
        }
    }
    Ok(assertions)
}

/// The claim that an error of the API's own build speaks about: named in the
/// error, or in the source at or above the line that fails.
pub fn claim_of(root: &Utf8Path, error: &Diagnostic) -> Option<String> {
    let spoken = error.texts().find_map(claim_in);
    let claim = spoken.or_else(|| claim_in(&error.rendered));
    if let Some(claim) = claim {
        return Some(claim.to_owned());
    }
    let places = error.places.iter().flatten();
    places.into_iter().find_map(|place| {
        let text = fs::read_to_string(root.join(&place.file)).ok()?;
        let lines: Vec<&str> = text.lines().take(place.line).collect();
        let near = lines.iter().rev().take(REACH);
        near.copied().find_map(claim_in).map(str::to_owned)
    })
}

/// Finds `claim ID:` in a text.
fn claim_in(text: &str) -> Option<&str> {
    text.match_indices("claim ").find_map(|(at, word)| {
        let rest = &text[at + word.len()..];
        let end = rest.find(|letter: char| !is_kebab(letter))?;
        let starts_word = !text[..at].ends_with(|letter: char| letter.is_alphanumeric());
        (starts_word && end > 0 && rest[end..].starts_with(':')).then_some(&rest[..end])
    })
}

fn is_kebab(letter: char) -> bool {
    letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_claim_is_named_with_a_colon() {
        assert_eq!(
            claim_in("panicked: claim context-zst: no size"),
            Some("context-zst")
        );
        assert_eq!(claim_in("we claim that: it holds"), Some("that"));
        assert_eq!(claim_in("a claim about nothing"), None);
        assert_eq!(claim_in("reclaim memory: yes"), None);
    }
}
