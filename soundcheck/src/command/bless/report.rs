//! What `bless` did, for people: a line for each text that was rewritten, and
//! each case that was refused with the reason.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::io::Write;

use camino::Utf8PathBuf;
use owo_colors::OwoColorize as _;

use super::trybuild::Outcome;
use crate::judge::case::Case;
use crate::judge::failure::Failure;
use crate::judge::snapshot;
use crate::judge::snapshot::Change;
use crate::judge::snapshot::Home;

/// What was rewritten, and what was not.
#[derive(Debug, Default)]
pub struct Report {
    label: String,
    home: Home,
    changes: BTreeMap<String, Change>,
    unchanged: usize,
    refused: BTreeMap<String, Failure>,
    stderr: Outcome,
    surface: Option<Utf8PathBuf>,
    /// The snapshots that had no case and were deleted.
    pub(super) orphans: BTreeSet<String>,
}

impl Report {
    pub(super) fn new(label: &str, orphans: BTreeSet<String>, home: Home) -> Self {
        Self {
            label: label.to_owned(),
            orphans,
            home,
            ..Self::default()
        }
    }

    pub(super) fn blessed(&mut self, case: &Case, old: Option<&str>, new: &str) {
        match snapshot::compare(old, new) {
            Some(change) => drop(self.changes.insert(case.id.clone(), change)),
            None => self.unchanged += 1,
        }
    }

    pub(super) fn refused(&mut self, case: &Case, failure: Failure) {
        self.refused.insert(case.id.clone(), failure);
    }

    pub(super) fn stderr(&mut self, outcome: Outcome) {
        self.stderr = outcome;
    }

    pub(super) fn surface(&mut self, rewritten: Option<Utf8PathBuf>) {
        self.surface = rewritten;
    }

    /// The status for the shell: red if anything was refused.
    pub fn exit_code(&self) -> u8 {
        u8::from(!self.refused.is_empty() || self.stderr.failure.is_some())
    }

    /// Writes the report.
    ///
    /// # Errors
    ///
    /// The stream cannot be written.
    pub fn write(&self, out: &mut impl Write) -> std::io::Result<()> {
        for (id, change) in &self.changes {
            let file = self.home.file_of(&self.label, id);
            writeln!(out, "{:<8} {id} ({file})", change.name())?;
        }
        for path in &self.stderr.rewritten {
            writeln!(out, "{:<8} {path}", "stderr")?;
        }
        if let Some(path) = &self.surface {
            writeln!(out, "{:<8} {path}", "surface")?;
        }
        for id in &self.orphans {
            writeln!(out, "{:<8} {id}, which had no case", "deleted")?;
        }
        for (id, failure) in &self.refused {
            write_refusal(out, id, failure)?;
        }
        if let Some(failure) = &self.stderr.failure {
            writeln!(out, "{}: trybuild failed:\n{failure}", "error".red().bold())?;
        }
        writeln!(out, "{}", self.line())
    }

    fn line(&self) -> String {
        let count = |wanted: Change| {
            let changes = self.changes.values();
            changes.filter(|change| **change == wanted).count()
        };
        let (new, wording, reason) = (
            count(Change::New),
            count(Change::Wording),
            count(Change::Reason),
        );
        let Self {
            label, unchanged, ..
        } = self;
        let (stderr, refused) = (self.stderr.rewritten.len(), self.refused.len());
        format!(
            "{label}: {new} new, {wording} wording, {reason} reason, {unchanged} unchanged, \
             {stderr} .stderr rewritten, {refused} refused"
        )
    }
}

fn write_refusal(out: &mut impl Write, id: &str, failure: &Failure) -> std::io::Result<()> {
    writeln!(
        out,
        "{} {id}: its contract is not met",
        "refused ".red().bold()
    )?;
    writeln!(out, "  expected {}", failure.expected)?;
    for (index, line) in failure.got.lines().enumerate() {
        let name = if index == 0 { "got" } else { "" };
        writeln!(out, "  {name:<8} {line}")?;
    }
    writeln!(out, "  next     {}", failure.next)
}
