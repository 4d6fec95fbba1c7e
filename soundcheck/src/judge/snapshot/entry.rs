//! The errors of a case as the text of its snapshot.
//!
//! Owns the format, and everything that makes the text the same on every
//! machine and in every company: places in the case by line and column, places
//! in the API by file, none in the standard library, no names of batch modules.

use std::fmt::Write as _;

use camino::Utf8Path;

use crate::ground::diagnostic::Diagnostic;
use crate::ground::diagnostic::Region;
use crate::ground::diagnostic::Remark;
use crate::ground::diagnostic::Span;
use crate::judge::batch;
use crate::judge::case::Case;

/// Writes the snapshot of a case: one block for each error, in the order of
/// their places. `root` is what paths are made relative to.
pub fn entry(root: &Utf8Path, case: &Case, errors: &[&Diagnostic]) -> String {
    let scene = Scene { root, case };
    let mut blocks: Vec<_> = errors.iter().map(|error| scene.block(error)).collect();
    blocks.sort();
    blocks.into_iter().map(|(_, text)| text).collect()
}

/// What a place is seen from.
struct Scene<'a> {
    root: &'a Utf8Path,
    case: &'a Case,
}

/// Where in the case something is; what is nowhere in it comes last.
type Position = ((usize, usize), (usize, usize));

const NOWHERE: Position = ((usize::MAX, 0), (usize::MAX, 0));

impl Scene<'_> {
    fn block(&self, error: &Diagnostic) -> (Position, String) {
        let mut marks = self.marks(&error.spans);
        marks.sort();
        let primary = marks.iter().filter(|mark| mark.is_primary);
        let mut places: Vec<&str> = primary.map(|mark| mark.place.as_str()).collect();
        places.dedup();
        let position = marks.iter().find(|mark| mark.is_primary);
        let position = position.map_or(NOWHERE, |mark| mark.position);
        let code = error.code.as_ref();
        let code = code.map_or(String::new(), |code| format!("[{code}]"));
        let place = match places.is_empty() {
            true => String::new(),
            false => format!(" {}", places.join(" and ")),
        };
        let mut text = self.paragraph(&format!("error{code}{place}"), &error.message, 2);
        marks.retain(|mark| !mark.is_primary || !mark.label.is_empty());
        self.write_marks(&mut text, &marks, 2);
        for remark in error.remarks.iter().filter(|remark| !is_advice(remark)) {
            self.write_remark(&mut text, remark);
        }
        (position, text)
    }

    fn write_remark(&self, text: &mut String, remark: &Remark) {
        text.push_str(&self.paragraph("  note", &remark.message, 6));
        self.write_marks(text, &self.marks(&remark.spans), 4);
    }

    fn write_marks(&self, text: &mut String, marks: &[Mark], indent: usize) {
        for mark in marks {
            let name = format!("{:indent$}{}", "", mark.place);
            match mark.label.is_empty() {
                true => text.push_str(&format!("{name}\n")),
                false => text.push_str(&self.paragraph(&name, &mark.label, indent + 4)),
            }
        }
    }

    /// A name and a text whose further lines are indented below it.
    fn paragraph(&self, name: &str, text: &str, indent: usize) -> String {
        let text = self.clean(text);
        let mut lines = text.lines();
        let mut paragraph = format!("{name}: {}\n", lines.next().unwrap_or_default());
        for line in lines.filter(|line| !line.trim().is_empty()) {
            let written = writeln!(paragraph, "{:indent$}{}", "", line.trim_end());
            debug_assert!(written.is_ok(), "writing to a String cannot fail");
        }
        paragraph
    }

    fn clean(&self, text: &str) -> String {
        let text = text.replace(&format!("{}/", self.root), "");
        batch::without_modules(&text)
    }

    fn marks(&self, spans: &[Span]) -> Vec<Mark> {
        let mut marks = Vec::new();
        for mark in spans.iter().filter_map(|span| self.mark(span)) {
            if !marks.contains(&mark) {
                marks.push(mark);
            }
        }
        marks
    }

    /// The span as close to the case as it can be told, unless it is in the
    /// standard library alone.
    fn mark(&self, span: &Span) -> Option<Mark> {
        let is_mine = |region: &&Region| region.file == self.case.file;
        let mine = span.regions.iter().find(is_mine);
        let (place, position) = match mine {
            Some(region) => (range(region), (region.start, region.end)),
            None => {
                let mut regions = span.regions.iter();
                (regions.find_map(|region| self.outside(region))?, NOWHERE)
            }
        };
        Some(Mark {
            is_primary: span.is_primary,
            position,
            place,
            label: span.label.clone().unwrap_or_default(),
        })
    }

    /// The file of a region outside of the case: the API's below the root, and
    /// that of a dependency by the name of its package.
    fn outside(&self, region: &Region) -> Option<String> {
        let path = region.file.strip_prefix(self.root).unwrap_or(&region.file);
        if path.is_relative() {
            return Some(path.to_string());
        }
        let (_, inside) = path.as_str().split_once("/registry/src/")?;
        let (_, package) = inside.split_once('/')?;
        Some(package.to_owned())
    }
}

/// Notes about how to print more say nothing about the program.
fn is_advice(remark: &Remark) -> bool {
    remark.message.contains("`--verbose`") || remark.message.contains("the full name for the type")
}

/// Lines and columns, as short as they can be said.
fn range(region: &Region) -> String {
    let ((line, column), (last, end)) = (region.start, region.end);
    match line == last {
        true => format!("{line}:{column}-{end}"),
        false => format!("{line}:{column}-{last}:{end}"),
    }
}

/// A span as it is written down; ordered primary ones first, then by place.
#[derive(PartialEq, Eq)]
struct Mark {
    is_primary: bool,
    position: Position,
    place: String,
    label: String,
}

impl Mark {
    fn key(&self) -> (bool, Position, &str, &str) {
        (!self.is_primary, self.position, &self.place, &self.label)
    }
}

impl PartialOrd for Mark {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Mark {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.key().cmp(&other.key())
    }
}
