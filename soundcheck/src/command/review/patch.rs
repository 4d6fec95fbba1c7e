//! A patch of a series: what its mail says of it, and what git finds changed.

use std::collections::BTreeSet;

use camino::Utf8PathBuf;

use super::change::Hunk;
use super::mail::Mail;

/// A patch of a series.
#[derive(Clone, Debug)]
pub struct Patch {
    /// Its number, counted from 1.
    pub number: usize,
    /// How many there are.
    pub total: usize,
    /// The version of the series.
    pub version: usize,
    /// What it does, in its author's words.
    pub title: String,
    /// The mail that it came in.
    pub mail: Mail,
    /// What git finds changed by it, once it was applied.
    pub hunks: Vec<Hunk>,
}

impl Patch {
    /// How mails name it.
    pub fn label(&self) -> String {
        let version = match self.version {
            1 => String::new(),
            version => format!(" v{version}"),
        };
        let place = match self.total {
            1 => String::new(),
            total => format!(" {}/{total}", self.number),
        };
        format!("[PATCH{version}{place}] {}", self.title)
    }

    /// Every path that it may name, before or after.
    pub fn paths(&self) -> BTreeSet<Utf8PathBuf> {
        const STARTS: [&str; 5] = [
            "--- a/",
            "+++ b/",
            "rename from ",
            "rename to ",
            "copy from ",
        ];
        let patch = String::from_utf8_lossy(&self.mail.patch);
        let path = |line: &str| {
            let path = STARTS.iter().find_map(|start| line.strip_prefix(start))?;
            Some(Utf8PathBuf::from(path.split('\t').next()?))
        };
        patch.lines().filter_map(path).collect()
    }
}
