//! The edits of the API: the type of a new context, its place in the list, its
//! export and its line in the table.
//!
//! Owns the lines that they are made at. A file that does not have them, or
//! would not be Rust afterwards, is left alone.

use std::fs;

use camino::Utf8Path;

use super::change::apply;
use super::change::Change;
use super::change::Edit;
use super::name::Name;
use super::Place;
use crate::ground::problem::InputError;
use crate::ground::problem::Problem;

/// The file with the contexts, below the root.
const CONTEXTS: &str = "api/src/drm/context.rs";

/// The file that exports them.
const MODULE: &str = "api/src/drm/mod.rs";

/// The width of a line of code.
const WIDTH: usize = 100;

/// The edits of the API.
pub fn changes(root: &Utf8Path, name: &Name, place: &Place) -> anyhow::Result<Vec<Change>> {
    Ok(vec![
        change(root, CONTEXTS, |source| {
            let list = source.list(name, place)?;
            let label = source.label(name, place)?;
            let after = source.line(&format!("pub struct {};", place.after))?;
            let declared = Edit::insert(after.end, declaration(name, place));
            Ok(vec![list, label, declared])
        })?,
        change(root, MODULE, |source| {
            Ok(vec![source.row(name, place)?, source.export(name)?])
        })?,
    ])
}

/// What is wrong with a file that is no Rust.
pub fn unreadable(path: &Utf8Path, error: &dyn std::fmt::Display) -> Problem {
    let what = format!("cannot be parsed: {error}");
    Problem::new(what, "cargo check -p drm-api").in_file(path)
}

fn change(
    root: &Utf8Path,
    path: &str,
    edits: impl Fn(&Source<'_>) -> Result<Vec<Edit>, Problem>,
) -> anyhow::Result<Change> {
    let path = Utf8Path::new(path);
    let old = fs::read_to_string(root.join(path)).map_err(|error| {
        let problem = Problem::new(format!("cannot be read: {error}"), "restore it");
        InputError::one(problem.in_file(path))
    })?;
    let parses = |text: &str| {
        let parsed = syn::parse_file(text).map(drop);
        parsed.map_err(|error| InputError::one(unreadable(path, &error)))
    };
    parses(&old)?;
    let source = Source { path, text: &old };
    let new = apply(&old, edits(&source).map_err(InputError::one)?);
    parses(&new)?;
    Ok(Change {
        path: path.to_owned(),
        old,
        new,
    })
}

/// A file that is edited.
struct Source<'a> {
    path: &'a Utf8Path,
    text: &'a str,
}

impl Source<'_> {
    /// The one line that begins with a text, with its end.
    fn line(&self, start: &str) -> Result<std::ops::Range<usize>, Problem> {
        let mut at = 0;
        let mut found = Vec::new();
        for line in self.text.split_inclusive('\n') {
            if line.trim_start().starts_with(start) {
                found.push(at..at + line.len());
            }
            at += line.len();
        }
        match found.as_slice() {
            [line] => Ok(line.clone()),
            lines => Err(self.lacks(start, lines.len())),
        }
    }

    fn lacks(&self, text: &str, times: usize) -> Problem {
        let what = match times {
            0 => format!("`{text}` is not there"),
            times => format!("`{text}` is there {times} times"),
        };
        let next = "restore the file, or add the context by hand as the others are";
        Problem::new(what, next).in_file(self.path)
    }

    /// The list of contexts, with one more.
    fn list(&self, name: &Name, place: &Place) -> Result<Edit, Problem> {
        let start = self.line("contexts!(")?.start;
        let lacks = |text: &str| self.lacks(text, 0);
        let end = self.text[start..].find(");").ok_or_else(|| lacks(");"))?;
        let range = start..start + end;
        let inside = &self.text[range.start + "contexts!(".len()..range.end];
        let mut entries: Vec<String> = inside
            .split(',')
            .map(|entry| entry.trim().to_owned())
            .filter(|entry| !entry.is_empty())
            .collect();
        if let Some(before) = &place.before {
            let known = format!("{before}: {}", place.after);
            let entry = entries.iter_mut().find(|entry| **entry == known);
            *entry.ok_or_else(|| lacks(&known))? = format!("{before}: {}", name.type_name());
        }
        let is_after = |entry: &String| entry.split(':').next() == Some(place.after.as_str());
        let at = entries.iter().position(is_after);
        let at = at.ok_or_else(|| lacks(&format!("contexts!(.. {} ..)", place.after)))?;
        entries.insert(at + 1, format!("{}: {}", name.type_name(), place.after));
        let mut text = format!("contexts!({}", entries.join(", "));
        if text.len() + ");".len() > WIDTH {
            text = format!("contexts!(\n    {},\n", entries.join(",\n    "));
        }
        Ok(Edit { range, text })
    }

    /// What a compiler says about a type that is no context names them all.
    fn label(&self, name: &Name, place: &Place) -> Result<Edit, Problem> {
        let line = self.line("label = \"not one of ")?;
        let last = format!("`drm::{}`", place.after);
        let at = self.text[line.clone()].find(&last);
        let at = at.ok_or_else(|| self.lacks(&last, 0))?;
        let more = format!(", `drm::{}`", name.type_name());
        Ok(Edit::insert(line.start + at + last.len(), more))
    }

    /// The row of the table.
    fn row(&self, name: &Name, place: &Place) -> Result<Edit, Problem> {
        let (new, after) = (name.type_name(), &place.after);
        let line = self.line(&format!("//! | [`{after}`] |"))?;
        let row = format!(
            "//! | [`{new}`] | what [`{after}`] says; the rest is undecided | nothing yet |\n"
        );
        Ok(Edit::insert(line.end, row))
    }

    /// The export, in the order of the alphabet.
    fn export(&self, name: &Name) -> Result<Edit, Problem> {
        const EXPORT: &str = "pub use self::device::";
        let export = format!("{EXPORT}{};\n", name.type_name());
        let mut at = 0;
        let mut place = None;
        for line in self.text.split_inclusive('\n') {
            if line.starts_with(EXPORT) && (line < export.as_str() || place.is_none()) {
                place = Some(if line < export.as_str() {
                    at + line.len()
                } else {
                    at
                });
            }
            at += line.len();
        }
        let place = place.ok_or_else(|| self.lacks(EXPORT, 0))?;
        Ok(Edit::insert(place, export))
    }
}

/// The type, and what its place among the others implies. What it adds to that
/// is said by whoever proposes it.
fn declaration(name: &Name, place: &Place) -> String {
    let (new, after) = (name.type_name(), &place.after);
    let bound = match &place.before {
        None => String::new(),
        Some(before) => format!("/// - Whatever is added is among the invariants of [`{before}`], which weakens to this.\n"),
    };
    format!(
        "
/// A context that weakens to [`{after}`]: what that allows, this allows.
///
/// # Invariants
///
/// - Those of [`{after}`].
/// - Undecided: what else is known. Wherever the API gives such a device, an `INVARIANT:` argues that
///   this holds for as long as the reference lives. Nothing gives one yet.
{bound}pub struct {new};
"
    )
}
