//! Many cases as modules of one generated crate.
//!
//! Owns the generated root, the names of its modules, the chunks, and the map
//! from a diagnostic back to a case. What may be concluded is in `peel`.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;

use camino::Utf8Path;
use camino::Utf8PathBuf;

use crate::ground::artifacts::Manner;
use crate::ground::compiler;
use crate::ground::compiler::Compilation;
use crate::ground::compiler::Compiler;
use crate::ground::compiler::Depth;
use crate::ground::compiler::Job;
use crate::ground::diagnostic::Diagnostic;
use crate::judge::case::Case;
use crate::judge::peel::Judge;
use crate::judge::reason;

/// The best size of a crate lies between these, by measurement.
const CHUNK: std::ops::RangeInclusive<usize> = 150..=400;

/// Cuts `count` cases into ranges of nearly equal size, one for each job if
/// they do not get too small.
pub fn chunks(count: usize, jobs: usize) -> Vec<std::ops::Range<usize>> {
    let least = count.div_ceil(*CHUNK.end());
    let number = least.max(jobs.min(count / CHUNK.start())).max(1);
    let bound = |index: usize| index * count / number;
    let ranges = (0..number).map(|index| bound(index)..bound(index + 1));
    ranges.filter(|range| !range.is_empty()).collect()
}

/// The name of a module for a case.
pub fn module_name(index: usize, case: &Case) -> String {
    let stem = case.path.file_stem().unwrap_or_default();
    let is_word = |letter: char| letter.is_ascii_alphanumeric();
    let stem: String = stem
        .chars()
        .map(|letter| if is_word(letter) { letter } else { '_' })
        .collect();
    format!("{MODULE}{index:05}_{stem}")
}

const MODULE: &str = "case_";

/// A text of rustc without the names of modules, as if the case that it is
/// about were a program of its own.
pub fn without_modules(text: &str) -> String {
    let mut rest = text;
    let mut clean = String::new();
    while let Some(at) = rest.find(MODULE) {
        let (before, from) = rest.split_at(at);
        clean.push_str(before);
        rest = match module_path(from) {
            Some(end) => &from[end..],
            None => {
                clean.push_str(MODULE);
                &from[MODULE.len()..]
            }
        };
    }
    clean.push_str(rest);
    clean
}

/// The length of `case_00000_name::` at the start of a text.
fn module_path(text: &str) -> Option<usize> {
    let digits = text.get(MODULE.len()..MODULE.len() + 5)?;
    digits.parse::<usize>().ok()?;
    let end = text.find("::")?;
    let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
    text[..end].chars().all(is_word).then_some(end + 2)
}

/// Declares cases as modules of a crate root, which says first what all roots
/// say.
pub fn root(manner: &Manner, cases: impl IntoIterator<Item = (usize, impl AsRef<Case>)>) -> String {
    let mut root = format!("{}\n", manner.prelude);
    for (index, case) in cases {
        let case = case.as_ref();
        let path = compiler::path_literal(&case.file);
        let name = module_name(index, case);
        let written = writeln!(root, "#[path = {path}]\nmod {name};");
        debug_assert!(written.is_ok(), "writing to a String cannot fail");
    }
    root
}

impl AsRef<Case> for Case {
    fn as_ref(&self) -> &Case {
        self
    }
}

/// A batch of cases, numbered by their place in the list.
pub struct Batch<'a> {
    compiler: Compiler<'a>,
    cases: &'a [&'a Case],
    by_file: BTreeMap<&'a Utf8Path, usize>,
    scratch: &'a Utf8Path,
    depth: Depth,
    accepts: Accepts<'a>,
    twin: bool,
    quiet: bool,
    serial: AtomicUsize,
}

/// Whether the errors of a case are what its lane wants.
pub type Accepts<'a> = &'a (dyn Fn(&Case, &[&Diagnostic]) -> bool + Sync);

impl<'a> Batch<'a> {
    /// A batch whose crates are generated in `scratch`, which no other batch
    /// may use.
    pub fn new(
        compiler: Compiler<'a>,
        cases: &'a [&'a Case],
        scratch: &'a Utf8Path,
        depth: Depth,
        accepts: Accepts<'a>,
        twin: bool,
    ) -> Self {
        let files = cases.iter().enumerate();
        Self {
            compiler,
            cases,
            by_file: files
                .map(|(index, case)| (case.file.as_path(), index))
                .collect(),
            scratch,
            depth,
            accepts,
            twin,
            quiet: false,
            serial: AtomicUsize::new(0),
        }
    }

    /// The same, of cases that are all quiet: nothing that one of them
    /// implements is known to another.
    pub fn of_quiet(self) -> Self {
        let quiet = true;
        Self { quiet, ..self }
    }

    fn generate(&self, cases: &[usize]) -> anyhow::Result<Utf8PathBuf> {
        let serial = self.serial.fetch_add(1, Ordering::Relaxed);
        let directory = self.scratch.join(format!("{serial}"));
        fs::create_dir_all(&directory)?;
        let modules = cases.iter().map(|index| (*index, self.cases[*index]));
        let source = directory.join("batch.rs");
        let root = root(&self.compiler.artifacts.manner, modules);
        fs::write(&source, self.head() + &root)?;
        Ok(source)
    }

    /// Where no case needs std, it is not searched for suggestions. But texts in full are for people, whose programs have it: they say
    /// `std::fmt` where others say `core::fmt`.
    fn head(&self) -> String {
        match self.compiler.artifacts.manner.is_no_std && !self.compiler.in_full {
            true => "#![no_std]\n".to_owned(),
            false => String::new(),
        }
    }

    /// The cases that the texts of an error name, by module or by file.
    fn named_by(&self, error: &Diagnostic) -> BTreeSet<usize> {
        let mut named = BTreeSet::new();
        for text in error.texts() {
            named.extend(self.named_in(text));
            if text.contains(".rs") {
                let cases = self.cases.iter().enumerate();
                let by_path = cases.filter(|(_, case)| text.contains(case.path.as_str()));
                named.extend(by_path.map(|(index, _)| index));
            }
        }
        named
    }

    /// The cases whose module is named in a text.
    fn named_in(&self, text: &str) -> BTreeSet<usize> {
        let numbers = text.match_indices(MODULE).filter_map(|(at, _)| {
            let digits = text.get(at + MODULE.len()..at + MODULE.len() + 5)?;
            digits.parse().ok()
        });
        numbers.filter(|index| *index < self.cases.len()).collect()
    }
}

impl Judge for Batch<'_> {
    fn compile(&self, cases: &[usize]) -> anyhow::Result<Compilation> {
        let source = self.generate(cases)?;
        let job = Job {
            source: &source,
            cases: cases.len(),
            output: self.scratch,
            name: "batch",
            depth: self.depth,
            program: false,
            twin: self.twin,
            edition: compiler::EDITION,
        };
        self.compiler.compile(job)
    }

    fn owner(&self, error: &Diagnostic) -> Option<usize> {
        for tier in &error.places {
            let files = tier.iter().map(|place| place.file.as_path());
            let owners: BTreeSet<usize> = files
                .filter_map(|file| self.by_file.get(file).copied())
                .collect();
            if !owners.is_empty() {
                return owners.first().copied().filter(|_| owners.len() == 1);
            }
        }
        // Some errors of constants are in no case, but name one in their text.
        let named = self.named_by(error);
        named.first().copied().filter(|_| named.len() == 1)
    }

    fn mentions(&self, error: &Diagnostic) -> BTreeSet<usize> {
        let files = error.places.iter().flatten();
        let by_place = files.filter_map(|place| self.by_file.get(place.file.as_path()).copied());
        by_place.chain(self.named_by(error)).collect()
    }

    fn may_be_caused(&self, code: &str) -> bool {
        may_be_caused(self.quiet, code)
    }

    fn declares(&self, case: usize, errors: &[&Diagnostic]) -> bool {
        !self.twin && (self.accepts)(self.cases[case], errors)
    }
}

/// Whether a neighbour may be the cause of an error with a code: among quiet
/// cases, none can make an inference fail.
fn may_be_caused(quiet: bool, code: &str) -> bool {
    let is_impossible = quiet && reason::is_inference(code);
    reason::is_neighbourly(code) && !is_impossible
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_cause_what_they_can_and_quiet_ones_no_failed_inference() {
        assert!(may_be_caused(false, "E0283") && may_be_caused(false, "E0119"));
        assert!(may_be_caused(true, "E0119") && !may_be_caused(true, "E0283"));
        assert!(!may_be_caused(false, "E0599"));
    }

    fn sizes(count: usize, jobs: usize) -> Vec<usize> {
        let chunks = chunks(count, jobs);
        chunks.iter().map(|range| range.len()).collect()
    }

    #[test]
    fn chunks_are_even_and_of_the_best_size() {
        assert_eq!(sizes(0, 2), [] as [usize; 0]);
        assert_eq!(sizes(170, 2), [170]);
        assert_eq!(sizes(300, 2), [150, 150]);
        assert_eq!(sizes(1000, 2), [333, 333, 334]);
        assert_eq!(sizes(1000, 8), [166, 167, 167, 166, 167, 167]);
    }

    #[test]
    fn modules_vanish_from_texts() {
        let text = "`case_00012_a_b::Gpu` and `&crate::case_00003_x::f::{closure#0}`";
        assert_eq!(without_modules(text), "`Gpu` and `&crate::f::{closure#0}`");
        for text in ["case_1", "in case_x::y", "a case_00001_x, b::c", "case_é"] {
            assert_eq!(without_modules(text), text);
        }
    }

    #[test]
    fn chunks_cover_everything_once() {
        for count in [1, 149, 401, 1234] {
            assert_eq!(sizes(count, 3).iter().sum::<usize>(), count);
        }
    }
}
