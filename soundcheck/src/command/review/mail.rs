//! Mails, as git takes them apart: the messages of a mailbox, and the subject
//! and the patch of each.
//!
//! Owns which line of the input a line of a patch comes from, which git does
//! not say.

use std::fs;

use camino::Utf8Path;

use super::error::Error;
use super::git;

/// A message of a mailbox; a bare diff is one without a subject.
#[derive(Clone, Debug)]
pub struct Mail {
    /// The line of the input that it begins on.
    pub line: usize,
    /// The commit that the separator names, as `git format-patch` writes it.
    pub commit: Option<String>,
    /// The subject; empty if there is none.
    pub subject: String,
    /// The id of the message.
    pub id: Option<String>,
    /// The text before the patch.
    pub text: String,
    /// The patch, with what stands around it.
    pub patch: Vec<u8>,
    /// The line of the input that each line of the patch comes from.
    lines: Vec<usize>,
}

/// The messages of a mailbox, or the only one of a file with one.
///
/// # Errors
///
/// git cannot be run, or there is no room for what it writes.
pub fn mails(input: &[u8]) -> Result<Vec<Mail>, Error> {
    let directory = tempfile::tempdir().map_err(Error::file("a temporary directory"))?;
    let folder: &Utf8Path = directory.path().try_into().map_err(anyhow::Error::from)?;
    let bare = input.trim_ascii_start();
    let mut line = 1 + count(&input[..input.len() - bare.len()]);
    git::must(git::own(folder), &["mailsplit", "-b", "-o."], bare)?;
    let mut mails = Vec::new();
    for number in 1.. {
        let path = folder.join(format!("{number:04}"));
        if !path.exists() {
            break;
        }
        let raw = fs::read(&path).map_err(Error::file(&path))?;
        mails.push(mail(folder, &raw, line)?);
        line += count(&raw);
    }
    Ok(mails)
}

fn count(text: &[u8]) -> usize {
    text.iter().filter(|byte| **byte == b'\n').count()
}

fn mail(folder: &Utf8Path, raw: &[u8], line: usize) -> Result<Mail, Error> {
    let arguments = ["mailinfo", "-k", "-m", "--quoted-cr=strip", "text", "patch"];
    let info = git::must(git::own(folder), &arguments, raw)?;
    let read = |name: &str| fs::read(folder.join(name)).map_err(Error::file(name));
    let (text, patch) = (read("text")?, read("patch")?);
    let info = String::from_utf8_lossy(&info);
    let text = String::from_utf8_lossy(&text);
    let raw = String::from_utf8_lossy(raw);
    let field = |text: &str, name: &str| {
        let mut lines = text.lines();
        lines.find_map(|line| Some(line.strip_prefix(name)?.to_owned()))
    };
    Ok(Mail {
        line,
        commit: commit(&raw),
        subject: field(&info, "Subject: ").unwrap_or_default(),
        id: field(&text, "Message-ID: "),
        lines: origins(&raw, &String::from_utf8_lossy(&patch), line),
        text: text.into_owned(),
        patch,
    })
}

fn commit(raw: &str) -> Option<String> {
    let word = raw.strip_prefix("From ")?.split(' ').next()?;
    let is_hash = word.len() >= 40 && word.chars().all(|letter| letter.is_ascii_hexdigit());
    is_hash.then(|| word[..12].to_owned())
}

/// Where the lines of a patch are in a message. One that was encoded is where
/// the last one was that was not.
fn origins(raw: &str, patch: &str, first: usize) -> Vec<usize> {
    let raw: Vec<&str> = raw.lines().collect();
    let mut next = 0;
    let origin = |line: &str| {
        let found = raw[next..].iter().position(|known| *known == line);
        next += found.map_or(0, |found| found + 1);
        first + next.saturating_sub(1)
    };
    patch.lines().map(origin).collect()
}

impl Mail {
    /// The line of the input that a line of the patch comes from, both counted
    /// from 1.
    pub fn origin(&self, line: usize) -> usize {
        let known = self.lines.get(line.saturating_sub(1));
        known.or(self.lines.last()).copied().unwrap_or(self.line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEPARATOR: &str =
        "From 1111111111222222222233333333334444444444 Mon Sep 17 00:00:00 2001\n";

    fn of(input: &str) -> Vec<Mail> {
        mails(input.as_bytes()).expect("git takes it apart")
    }

    fn patch(mail: &Mail) -> &str {
        std::str::from_utf8(&mail.patch).expect("it is UTF-8")
    }

    #[test]
    fn prose_that_begins_with_from_separates_nothing() {
        let input = format!(
            "{SEPARATOR}Subject: [PATCH] one\n\nFrom here on: 10 lines.\n\
             {SEPARATOR}Subject: [PATCH] two\nMessage-Id: <a@b>\n\nbody\n---\n f | 2 +-\n"
        );
        let mails = of(&input);
        let subjects: Vec<&str> = mails.iter().map(|mail| mail.subject.as_str()).collect();
        assert_eq!(subjects, ["[PATCH] one", "[PATCH] two"]);
        assert_eq!((mails[0].line, mails[1].line), (1, 5));
        assert_eq!(mails[0].commit.as_deref(), Some("111111111122"));
        assert_eq!(mails[1].id.as_deref(), Some("<a@b>"));
        assert_eq!(mails[1].origin(2), 11);
    }

    #[test]
    fn a_line_that_was_encoded_is_where_the_last_one_was() {
        let input = "Subject: [PATCH] x\nContent-Transfer-Encoding: quoted-printable\n\n\
             Text.\n---\n--- a/f\n+one =3D t=\nwo\n+two\n";
        let mail = &of(input)[0];
        assert_eq!(patch(mail), "---\n--- a/f\n+one = two\n+two\n");
        let origins = [1, 2, 3, 4].map(|line| mail.origin(line));
        assert_eq!(origins, [5, 6, 6, 9]);
    }

    #[test]
    fn base64_and_carriage_returns_are_decoded() {
        let input = "Subject: =?utf-8?q?=5BPATCH=5D_gr=C3=BCn?=\r\n\
             Content-Transfer-Encoding: base64\r\n\r\nLS0tIGEvZg0KKysrIGIvZg0K\r\n";
        let mail = &of(input)[0];
        assert_eq!(mail.subject, "[PATCH] grün");
        assert_eq!(patch(mail), "--- a/f\n+++ b/f\n");
    }

    #[test]
    fn the_attachment_with_the_patch_is_found() {
        let input = "Subject: [PATCH] x\nMIME-Version: 1.0\n\
             Content-Type: multipart/mixed; boundary=\"b\"\n\n\
             --b\nContent-Type: text/plain\n\nhello\n\
             --b\nContent-Type: text/x-patch\nContent-Disposition: attachment\n\n\
             --- a/f\n+++ b/f\n--b--\n";
        let mail = &of(input)[0];
        assert!(patch(mail).starts_with("--- a/f\n+++ b/f\n"));
        assert_eq!(mail.origin(1), 13);
    }
}
