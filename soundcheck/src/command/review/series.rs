//! A series of patches in their order, from a mailbox, a mail, a bare diff, or
//! what `git format-patch` makes of a range.
//!
//! Owns that the series is whole: nothing missing, nothing twice, nothing cut
//! off. Whether it applies is for `scratch` to say.

use std::collections::BTreeMap;

use camino::Utf8Path;

use super::diff::Diff;
use super::mail;
use super::mail::Mail;
use super::mail::Text;
use super::subject::Subject;
use crate::ground::problem::InputError;
use crate::ground::problem::Problem;

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
    /// What it does, in its author's words.
    pub title: String,
    /// The commit, for one of a range.
    pub commit: Option<String>,
    /// What is applied.
    pub text: String,
    /// Its changes.
    pub diff: Diff,
    /// The line of the input that its mail begins on.
    pub line: usize,
}

impl Patch {
    /// How mails name it.
    pub fn label(&self) -> String {
        match self.total {
            1 => format!("[PATCH] {}", self.title),
            total => format!("[PATCH {}/{total}] {}", self.number, self.title),
        }
    }
}

impl Series {
    /// Reads a series. The name is that of the file, or the range.
    ///
    /// # Errors
    ///
    /// One line that says what is wrong, where, and what to do.
    pub fn parse(name: &str, bytes: &[u8]) -> Result<Self, InputError> {
        let reader = Reader { name };
        let series = reader.series(bytes);
        series.map_err(InputError::one)
    }
}

struct Reader<'a> {
    name: &'a str,
}

impl Reader<'_> {
    fn problem(&self, what: impl Into<String>, next: impl Into<String>) -> Problem {
        Problem::new(what, next).in_file(Utf8Path::new(self.name))
    }

    fn series(&self, bytes: &[u8]) -> Result<Series, Problem> {
        if bytes.starts_with(&[0x1f, 0x8b]) {
            return Err(self.problem("is compressed", "gunzip it first"));
        }
        if bytes.iter().all(u8::is_ascii_whitespace) {
            return Err(self.problem("is empty", WHOLE));
        }
        let input = String::from_utf8_lossy(bytes);
        self.ends_well(&input)?;
        match mail::is_mail(&input) {
            true => self.mails(mail::mails(&input)),
            false => self.diff(&input),
        }
    }

    /// A last line that is one of a hunk and does not end was cut off.
    fn ends_well(&self, input: &str) -> Result<(), Problem> {
        let last = input.lines().last().unwrap_or_default();
        if input.ends_with('\n') || !last.starts_with([' ', '+', '-']) {
            return Ok(());
        }
        let what = "is cut off in the middle of a line";
        let line = input.lines().count();
        Err(self.problem(what, WHOLE).at_line(line))
    }

    /// A bare diff is a series of one.
    fn diff(&self, input: &str) -> Result<Series, Problem> {
        let text = Text::plain(input, 1);
        if !text.has_diff() {
            let what = "is neither a mail with a patch nor a diff";
            return Err(self.problem(what, WHOLE));
        }
        let diff = self.parse(&text, "the patch")?;
        Ok(Series {
            name: self.name.to_owned(),
            is_range: false,
            patches: vec![Patch {
                number: 1,
                total: 1,
                title: self.name.to_owned(),
                commit: None,
                text: text.text,
                diff,
                line: 1,
            }],
            covers: 0,
            passed_over: 0,
            base: None,
        })
    }

    fn mails(&self, mails: Vec<Mail>) -> Result<Series, Problem> {
        let base = mails.iter().find_map(|mail| base(&mail.body.text));
        let (mut covers, mut passed_over) = (0, 0);
        let mut found = Vec::new();
        for mail in mails {
            let subject = Subject::parse(&mail.subject);
            match kind(&mail, &subject) {
                Kind::Cover => covers += 1,
                Kind::Other => passed_over += 1,
                Kind::Patch => found.push((subject, mail)),
            }
        }
        self.agree(&found)?;
        let patches = self.ordered(found)?;
        if patches.is_empty() {
            let what = match passed_over {
                0 => "has no patch in it".to_owned(),
                more => format!("has no patch in it, only other mails ({more})"),
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
    fn agree(&self, found: &[(Subject, Mail)]) -> Result<(), Problem> {
        let Some((first, _)) = found.first() else {
            return Ok(());
        };
        for (subject, mail) in found {
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

    fn ordered(&self, found: Vec<(Subject, Mail)>) -> Result<Vec<Patch>, Problem> {
        let count = found.len();
        let total = found.first().and_then(|(subject, _)| subject.number);
        let total = total.map_or(count, |(_, total)| total);
        let mut patches = BTreeMap::new();
        for (index, (subject, mail)) in found.into_iter().enumerate() {
            let number = subject.number.map_or(index + 1, |(number, _)| number);
            let line = mail.line;
            let patch = self.patch(number, total, &subject, mail)?;
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
        subject: &Subject,
        mail: Mail,
    ) -> Result<Patch, Problem> {
        let name = format!("patch {number} of {total}");
        let next = "is the file cut off? save the series again";
        let empty = |what| {
            self.problem(format!("{name} {what}"), next)
                .at_line(mail.line)
        };
        if mail.body.text.trim().is_empty() {
            return Err(empty("has no body"));
        }
        if !mail.body.has_diff() {
            return Err(empty("has no diff"));
        }
        let diff = self.parse(&mail.body, &name)?;
        Ok(Patch {
            number,
            total,
            title: subject.title.clone(),
            commit: mail.commit,
            text: mail.body.text,
            diff,
            line: mail.line,
        })
    }

    fn parse(&self, text: &Text, name: &str) -> Result<Diff, Problem> {
        Diff::parse(text).map_err(|(what, line)| {
            let next = "save the series again, whole and as it was sent";
            self.problem(format!("{name} {what}"), next).at_line(line)
        })
    }
}

/// What a mail is to a series.
enum Kind {
    Cover,
    Patch,
    Other,
}

/// A mail whose subject numbers it is a patch, also if it has lost its diff: to
/// pass it over would hide that.
fn kind(mail: &Mail, subject: &Subject) -> Kind {
    match (subject.is_reply, subject.number) {
        (true, _) => Kind::Other,
        (false, Some((0, _))) => Kind::Cover,
        (false, Some(_)) => Kind::Patch,
        (false, None) if subject.is_patch || mail.body.has_diff() => Kind::Patch,
        (false, None) => Kind::Other,
    }
}

/// The commit that `git format-patch --base` names.
fn base(text: &str) -> Option<String> {
    let mut lines = text.lines();
    let base = lines.find_map(|line| line.strip_prefix("base-commit: "))?;
    Some(base.trim().chars().take(12).collect())
}

#[cfg(test)]
#[path = "series_tests.rs"]
mod tests;
