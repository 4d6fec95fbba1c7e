//! A series of patches in their order, from a mailbox, a mail, a bare diff, or
//! what `git format-patch` makes of a range.
//!
//! Owns that the series is whole: nothing missing, nothing twice, nothing cut
//! off. Mails and diffs are git's; whether one applies is for `scratch` to say.

use std::collections::BTreeMap;

use camino::Utf8Path;

use super::change::Change;
use super::error::Error;
use super::git;
use super::mail;
use super::mail::Mail;
use super::patch::Patch;
use super::subject::Subject;
use crate::ground::problem::InputError;
use crate::ground::problem::Problem;

/// What to do about a series that is not whole.
const WHOLE: &str = "save the whole series, as `b4 am` or `git format-patch --stdout` do";

/// What to do about a patch that is not.
const AGAIN: &str = "is the file cut off? save the series again, whole and as it was sent";

/// A series.
#[derive(Clone, Debug)]
pub struct Series {
    /// The name of the file, or the range.
    pub name: String,
    /// Whether git made it of a range.
    pub is_range: bool,
    /// The patches in their order.
    pub patches: Vec<Patch>,
    /// How many cover letters there are.
    pub covers: usize,
    /// How many other mails were passed over: replies, mostly.
    pub passed_over: usize,
    /// The commit that the series says it is based on.
    pub base: Option<String>,
}

impl Series {
    /// Where a change of a patch is, for people: in the input, and in the tree.
    pub fn place(&self, patch: &Patch, change: &Change) -> String {
        // The lines of what git made for this review are nobody's.
        let input = match &patch.mail.commit {
            Some(commit) if self.is_range => format!("commit {commit}"),
            _ => format!("{}:{}", self.name, change.input),
        };
        format!("{input}, {}:{}", change.file, change.new)
    }

    /// Reads a series. The name is that of the file, or the range.
    ///
    /// # Errors
    ///
    /// One line that says what is wrong, where, and what to do.
    pub fn parse(name: &str, bytes: &[u8]) -> Result<Self, Error> {
        let in_file = |problem: Problem| InputError::one(problem.in_file(Utf8Path::new(name)));
        precheck(bytes).map_err(in_file)?;
        let letters = mail::mails(bytes)?.into_iter().map(Letter::read);
        let letters: Result<Vec<Letter>, Error> = letters.collect();
        let series = assemble(name, letters?);
        Ok(series.map_err(in_file)?)
    }
}

/// Whether the input can be mails at all.
fn precheck(bytes: &[u8]) -> Result<(), Problem> {
    if bytes.starts_with(&[0x1f, 0x8b]) {
        return Err(Problem::new("is compressed", "gunzip it first"));
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Problem::new("is empty", WHOLE));
    }
    // A last line that is one of a hunk and does not end was cut off.
    let input = String::from_utf8_lossy(bytes);
    let last = input.lines().last().unwrap_or_default();
    if input.ends_with('\n') || !last.starts_with([' ', '+', '-']) {
        return Ok(());
    }
    let problem = Problem::new("is cut off in the middle of a line", WHOLE);
    Err(problem.at_line(input.lines().count()))
}

/// A mail, and what it says of itself.
struct Letter {
    subject: Subject,
    mail: Mail,
    /// How many files and lines the diff in it changes, or what git says about
    /// one that is damaged.
    diff: Option<Result<(usize, usize), String>>,
}

impl Letter {
    fn read(mail: Mail) -> Result<Self, Error> {
        let mut apply = git::own(Utf8Path::new("/"));
        apply.args(["apply", "--numstat"]);
        let diff = match git::ask(apply, &mail.patch)? {
            Ok(numbers) => Some(Ok(sum(&String::from_utf8_lossy(&numbers)))),
            Err(said) if said.contains("No valid patches") => None,
            Err(said) => Some(Err(git::complaint(&said).to_owned())),
        };
        let subject = Subject::parse(&mail.subject);
        Ok(Self {
            subject,
            mail,
            diff,
        })
    }

    fn is_cover(&self) -> bool {
        !self.subject.is_reply && matches!(self.subject.number, Some((0, _)))
    }

    /// A mail whose subject says so is a patch, also if it has lost its diff: to
    /// pass it over would hide that.
    fn is_patch(&self) -> bool {
        let says_so = self.subject.is_patch || self.diff.is_some();
        !self.subject.is_reply && !self.is_cover() && says_so
    }

    fn total(&self) -> Option<usize> {
        self.subject.number.map(|(_, total)| total)
    }

    /// What is wrong with a patch, and on which line of the input.
    fn fault(&self) -> Option<(String, usize)> {
        let mail = &self.mail;
        match &self.diff {
            None if mail.text.trim().is_empty() => Some(("has no body".to_owned(), mail.line)),
            None => Some(("has no diff".to_owned(), mail.line)),
            Some(Err(said)) => {
                let (what, line) = located(said);
                Some((format!("cannot be read: {what}"), mail.origin(line)))
            }
            Some(Ok(found)) => Some((lacking(mail, *found)?, mail.origin(usize::MAX))),
        }
    }
}

fn assemble(name: &str, letters: Vec<Letter>) -> Result<Series, Problem> {
    let base = letters.iter().find_map(|letter| base(&letter.mail));
    let covers = letters.iter().filter(|letter| letter.is_cover()).count();
    let is_mail = letters.iter().any(|letter| !letter.mail.subject.is_empty());
    let (patches, others): (Vec<_>, Vec<_>) = letters.into_iter().partition(Letter::is_patch);
    let passed_over = others.len() - covers;
    if patches.is_empty() {
        let what = match is_mail {
            true => format!("has no patch in it, only other mails ({passed_over})"),
            false => "is neither a mail with a patch nor a diff".to_owned(),
        };
        return Err(Problem::new(what, WHOLE));
    }
    agree(&patches)?;
    Ok(Series {
        name: name.to_owned(),
        is_range: false,
        patches: ordered(name, patches)?,
        covers,
        passed_over,
        base,
    })
}

/// All patches are of one version, and count the same total.
fn agree(patches: &[Letter]) -> Result<(), Problem> {
    for (first, other) in patches.iter().zip(&patches[1..]) {
        let (one, two) = (first.subject.version, other.subject.version);
        let problem = if one != two {
            let what = format!("has patches of versions {one} and {two}");
            Problem::new(what, "save one version only")
        } else if first.total() != other.total() {
            Problem::new(
                "has patches of more than one series",
                "save one series only",
            )
        } else {
            continue;
        };
        return Err(problem.at_line(other.mail.line));
    }
    Ok(())
}

/// The patches by their numbers, none of which is missing or there twice.
fn ordered(name: &str, letters: Vec<Letter>) -> Result<Vec<Patch>, Problem> {
    let total = letters.iter().find_map(Letter::total);
    let total = total.unwrap_or(letters.len());
    let mut patches = BTreeMap::new();
    for (letter, place) in letters.into_iter().zip(1..) {
        let number = letter.subject.number.map_or(place, |(number, _)| number);
        let of = format!("patch {number} of {total}");
        if let Some((what, line)) = letter.fault() {
            return Err(Problem::new(format!("{of} {what}"), AGAIN).at_line(line));
        }
        let Letter { subject, mail, .. } = letter;
        if patches.contains_key(&number) {
            let problem = Problem::new(format!("{of} is there twice"), "remove one of them");
            return Err(problem.at_line(mail.line));
        }
        let title = Some(subject.title).filter(|title| !title.is_empty());
        let patch = Patch {
            number,
            total,
            version: subject.version,
            title: title.unwrap_or_else(|| name.to_owned()),
            mail,
            hunks: Vec::new(),
        };
        patches.insert(number, patch);
    }
    let missing = (1..=total).filter(|number| !patches.contains_key(number));
    let missing: Vec<String> = missing.map(|number| number.to_string()).collect();
    let what = match missing.as_slice() {
        [] => return Ok(patches.into_values().collect()),
        [one] => format!("patch {one} of {total} is missing"),
        some => format!("patches {} of {total} are missing", some.join(", ")),
    };
    Err(Problem::new(what, WHOLE))
}

/// A line of it is `ADDED<tab>REMOVED<tab>PATH`.
fn sum(numbers: &str) -> (usize, usize) {
    let counts = numbers.lines().flat_map(|line| line.split('\t').take(2));
    let lines = counts.filter_map(|count| count.parse::<usize>().ok()).sum();
    (numbers.lines().count(), lines)
}

/// What git says about a line of a patch, and which: `corrupt patch at line 7`.
fn located(said: &str) -> (&str, usize) {
    let at = said.find(" at ").or(said.find(" (line "));
    let (what, place) = said.split_at(at.unwrap_or(said.len()));
    let mut numbers = place.split(|letter: char| !letter.is_ascii_digit());
    (
        what,
        numbers.find_map(|number| number.parse().ok()).unwrap_or(1),
    )
}

/// A diff that was cut off between two hunks is well formed. The statistics
/// before it still count what is gone.
fn lacking(mail: &Mail, (has_files, has_lines): (usize, usize)) -> Option<String> {
    let patch = String::from_utf8_lossy(&mail.patch);
    let (files, lines) = patch.lines().find_map(stat)?;
    (has_files < files || has_lines < lines).then(|| {
        format!(
            "is cut off: its diffstat counts {files} files and {lines} changed lines, \
             and here are {has_files} and {has_lines}"
        )
    })
}

/// The files and the changed lines that a summary of statistics counts.
fn stat(line: &str) -> Option<(usize, usize)> {
    let mut parts = line.strip_prefix(' ')?.split(", ");
    let count = |part: &str| part.split(' ').next()?.parse::<usize>().ok();
    let first = parts.next()?;
    let is_summary = first.ends_with(" file changed") || first.ends_with(" files changed");
    let files = is_summary.then(|| count(first)).flatten()?;
    Some((files, parts.filter_map(count).sum()))
}

/// The commit that `git format-patch --base` names.
fn base(mail: &Mail) -> Option<String> {
    let patch = String::from_utf8_lossy(&mail.patch);
    let mut lines = mail.text.lines().chain(patch.lines());
    let base = lines.find_map(|line| line.strip_prefix("base-commit: "))?;
    Some(base.trim().chars().take(12).collect())
}

#[cfg(test)]
#[path = "series_tests.rs"]
mod tests;
