//! A series of patches in their order, from a mailbox, a mail, a bare diff, or
//! what `git format-patch` makes of a range.
//!
//! Owns that the series is whole: nothing missing, nothing twice, nothing cut
//! off. Mails and diffs are git's; whether one applies is for `scratch` to say.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use camino::Utf8Path;
use camino::Utf8PathBuf;

use super::change::Hunk;
use super::error::Error;
use super::git;
use super::mail;
use super::mail::Mail;
use super::subject::Subject;
use crate::problem::InputError;
use crate::problem::Problem;

/// What to do about a series that is not whole.
const WHOLE: &str = "save the whole series, as `b4 am` or `git format-patch --stdout` do";

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

impl Series {
    /// Reads a series. The name is that of the file, or the range.
    ///
    /// # Errors
    ///
    /// One line that says what is wrong, where, and what to do.
    pub fn parse(name: &str, bytes: &[u8]) -> Result<Self, Error> {
        let reader = Reader { name };
        reader.precheck(bytes).map_err(InputError::one)?;
        let mut mails = Vec::new();
        for mail in mail::mails(bytes)? {
            let diff = read(&mail)?;
            mails.push((Subject::parse(&mail.subject), mail, diff));
        }
        let series = reader.mails(mails);
        Ok(series.map_err(InputError::one)?)
    }
}

/// What git reads in a patch: how many files and lines are changed; `None` if
/// there is no diff in it.
type Diff = Option<Result<(usize, usize), String>>;

fn read(mail: &Mail) -> Result<Diff, Error> {
    let mut apply = git::own(Utf8Path::new("/"));
    apply.args(["apply", "--numstat"]);
    Ok(match git::ask(apply, &mail.patch)? {
        Ok(numbers) => Some(Ok(sum(&String::from_utf8_lossy(&numbers)))),
        Err(said) if said.contains("No valid patches") => None,
        Err(said) => Some(Err(git::complaint(&said).to_owned())),
    })
}

/// A line of it is `ADDED<tab>REMOVED<tab>PATH`.
fn sum(numbers: &str) -> (usize, usize) {
    let counts = numbers.lines().flat_map(|line| line.split('\t').take(2));
    let lines = counts.filter_map(|count| count.parse::<usize>().ok()).sum();
    (numbers.lines().count(), lines)
}

struct Reader<'a> {
    name: &'a str,
}

impl Reader<'_> {
    fn problem(&self, what: impl Into<String>, next: impl Into<String>) -> Problem {
        Problem::new(what, next).in_file(Utf8Path::new(self.name))
    }

    fn precheck(&self, bytes: &[u8]) -> Result<(), Problem> {
        if bytes.starts_with(&[0x1f, 0x8b]) {
            return Err(self.problem("is compressed", "gunzip it first"));
        }
        if bytes.iter().all(u8::is_ascii_whitespace) {
            return Err(self.problem("is empty", WHOLE));
        }
        // A last line that is one of a hunk and does not end was cut off.
        let input = String::from_utf8_lossy(bytes);
        let last = input.lines().last().unwrap_or_default();
        if input.ends_with('\n') || !last.starts_with([' ', '+', '-']) {
            return Ok(());
        }
        let what = "is cut off in the middle of a line";
        Err(self.problem(what, WHOLE).at_line(input.lines().count()))
    }

    fn mails(&self, mails: Vec<(Subject, Mail, Diff)>) -> Result<Series, Problem> {
        let base = mails.iter().find_map(|(_, mail, _)| base(mail));
        let is_mail = mails.iter().any(|(_, mail, _)| !mail.subject.is_empty());
        let (mut covers, mut passed_over) = (0, 0);
        let mut found = Vec::new();
        for (subject, mail, diff) in mails {
            match kind(&subject, &diff) {
                Kind::Cover => covers += 1,
                Kind::Other => passed_over += 1,
                Kind::Patch => found.push((subject, mail, diff)),
            }
        }
        self.agree(&found)?;
        let patches = self.ordered(found)?;
        if patches.is_empty() {
            let what = match is_mail {
                true => format!("has no patch in it, only other mails ({passed_over})"),
                false => "is neither a mail with a patch nor a diff".to_owned(),
            };
            return Err(self.problem(what, WHOLE));
        }
        Ok(Series {
            name: self.name.to_owned(),
            is_range: false,
            patches,
            covers,
            passed_over,
            base,
        })
    }

    /// All patches are of one version, and count the same total.
    fn agree(&self, found: &[(Subject, Mail, Diff)]) -> Result<(), Problem> {
        let Some((first, ..)) = found.first() else {
            return Ok(());
        };
        for (subject, mail, _) in found {
            let at = |what: String, next: &str| Err(self.problem(what, next).at_line(mail.line));
            let (one, other) = (first.version, subject.version);
            if one != other {
                let what = format!("has patches of versions {one} and {other}");
                return at(what, "save one version only");
            }
            let total = |subject: &Subject| subject.number.map(|(_, total)| total);
            if total(first) != total(subject) {
                let what = "has patches of more than one series";
                return at(what.to_owned(), "save one series only");
            }
        }
        Ok(())
    }

    fn ordered(&self, found: Vec<(Subject, Mail, Diff)>) -> Result<Vec<Patch>, Problem> {
        let count = found.len();
        let total = found.first().and_then(|(subject, ..)| subject.number);
        let total = total.map_or(count, |(_, total)| total);
        let mut patches = BTreeMap::new();
        for (index, (subject, mail, diff)) in found.into_iter().enumerate() {
            let number = subject.number.map_or(index + 1, |(number, _)| number);
            let line = mail.line;
            let patch = self.patch(number, total, (subject, mail, diff))?;
            if patches.insert(number, patch).is_some() {
                let what = format!("patch {number} of {total} is there twice");
                return Err(self.problem(what, "remove one of them").at_line(line));
            }
        }
        if !patches.is_empty() {
            self.complete(&patches, total)?;
        }
        Ok(patches.into_values().collect())
    }

    fn complete(&self, patches: &BTreeMap<usize, Patch>, total: usize) -> Result<(), Problem> {
        let missing = (1..=total).filter(|number| !patches.contains_key(number));
        let missing: Vec<String> = missing.map(|number| number.to_string()).collect();
        match missing.as_slice() {
            [] => Ok(()),
            [one] => Err(self.problem(format!("patch {one} of {total} is missing"), WHOLE)),
            some => {
                let what = format!("patches {} of {total} are missing", some.join(", "));
                Err(self.problem(what, WHOLE))
            }
        }
    }

    fn patch(
        &self,
        number: usize,
        total: usize,
        (subject, mail, diff): (Subject, Mail, Diff),
    ) -> Result<Patch, Problem> {
        let broken = |what: &str, line: usize| {
            let next = "is the file cut off? save the series again, whole and as it was sent";
            let what = format!("patch {number} of {total} {what}");
            Err(self.problem(what, next).at_line(line))
        };
        match diff {
            None if mail.text.trim().is_empty() => return broken("has no body", mail.line),
            None => return broken("has no diff", mail.line),
            Some(Err(said)) => {
                let (what, line) = located(&said);
                return broken(&format!("cannot be read: {what}"), mail.origin(line));
            }
            Some(Ok(found)) => {
                if let Some(what) = lacking(&mail, found) {
                    return broken(&what, mail.origin(usize::MAX));
                }
            }
        }
        let title = match subject.title {
            title if title.is_empty() => self.name.to_owned(),
            title => title,
        };
        Ok(Patch {
            number,
            total,
            version: subject.version,
            title,
            mail,
            hunks: Vec::new(),
        })
    }
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

/// What a mail is to a series.
enum Kind {
    Cover,
    Patch,
    Other,
}

/// A mail whose subject numbers it is a patch, also if it has lost its diff: to
/// pass it over would hide that.
fn kind(subject: &Subject, diff: &Diff) -> Kind {
    match (subject.is_reply, subject.number) {
        (true, _) => Kind::Other,
        (false, Some((0, _))) => Kind::Cover,
        (false, Some(_)) => Kind::Patch,
        (false, None) if subject.is_patch || diff.is_some() => Kind::Patch,
        (false, None) => Kind::Other,
    }
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
