//! Mails: the messages of a mailbox, and the text of each that has the patch.
//!
//! Owns where a message begins and which line of the input a line of its
//! decoded text comes from. MIME is `mail-parser`'s.

use mail_parser::Encoding;
use mail_parser::Message;
use mail_parser::MessageParser;
use mail_parser::MessagePart;
use mail_parser::PartType;

/// A text whose lines come from lines of the input.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// The text, decoded, with the line ends of Unix.
    pub text: String,
    /// The line of the input that each line comes from, counted from 1.
    lines: Vec<usize>,
}

/// A message of a mailbox.
#[derive(Clone, Debug)]
pub struct Mail {
    /// The line of the input that it begins on.
    pub line: usize,
    /// The commit that the separator names, as `git format-patch` writes it.
    pub commit: Option<String>,
    /// The subject; empty if there is none.
    pub subject: String,
    /// The text with the patch, or else the first text.
    pub body: Text,
}

impl Text {
    /// A text that begins on a line of the input and is not encoded.
    pub fn plain(text: &str, first: usize) -> Self {
        let text = unix(text);
        let count = text.lines().count();
        Self {
            text,
            lines: (first..first + count).collect(),
        }
    }

    /// The line of the input that a line comes from, both counted from 1.
    pub fn line(&self, line: usize) -> usize {
        let known = self.lines.get(line.saturating_sub(1));
        known.or(self.lines.last()).copied().unwrap_or(1)
    }

    /// Whether it has a diff in it.
    pub fn has_diff(&self) -> bool {
        let starts = ["diff --git ", "--- a/", "--- /dev/null", "@@ -"];
        let mut lines = self.text.lines();
        lines.any(|line| starts.iter().any(|start| line.starts_with(start)))
    }
}

/// Whether an input is one or more mails, and not a bare diff.
pub fn is_mail(input: &str) -> bool {
    let first = input.lines().next().unwrap_or_default();
    let header = first.split_once(':').map(|(name, _)| name);
    let is_name = |name: &str| {
        let is_letter = |letter: char| letter.is_ascii_alphabetic() || letter == '-';
        !name.is_empty() && name.chars().all(is_letter) && name != "Index"
    };
    is_separator(first) || header.is_some_and(is_name)
}

/// The messages of a mailbox, or the only one of a file with one mail.
pub fn mails(input: &str) -> Vec<Mail> {
    let mut mails = Vec::new();
    let (mut start, mut line) = (0, 1);
    let mut at = 0;
    for (index, text) in input.split_inclusive('\n').enumerate() {
        if is_separator(text) && at > start {
            mails.push(mail(&input[start..at], line));
            (start, line) = (at, index + 1);
        }
        at += text.len();
    }
    mails.push(mail(&input[start..], line));
    mails
}

/// Whether a line begins a message. A line of prose may begin with the same
/// word, but does not end in a time and a year.
fn is_separator(line: &str) -> bool {
    let Some(rest) = line.strip_prefix("From ") else {
        return false;
    };
    let words: Vec<&str> = rest.split_whitespace().collect();
    let has_time = words.iter().any(|word| word.matches(':').count() == 2);
    let is_year = |word: &&&str| word.len() == 4 && word.parse::<u32>().is_ok();
    has_time && words.iter().any(|word| is_year(&word))
}

fn mail(raw: &str, line: usize) -> Mail {
    let first = raw.lines().next().unwrap_or_default();
    let (separator, message) = match is_separator(first) {
        true => raw.split_once('\n').unwrap_or((raw, "")),
        false => ("", raw),
    };
    let first = line + usize::from(!separator.is_empty());
    let parsed = MessageParser::default().parse(message);
    let subject = parsed.as_ref().and_then(|parsed| parsed.subject());
    let body = parsed.as_ref().map(|parsed| body(parsed, message, first));
    Mail {
        line,
        commit: commit(separator),
        subject: subject.unwrap_or_default().to_owned(),
        body: body.unwrap_or_default(),
    }
}

fn commit(separator: &str) -> Option<String> {
    let word = separator.strip_prefix("From ")?.split(' ').next()?;
    let is_hash = word.len() >= 40 && word.chars().all(|letter| letter.is_ascii_hexdigit());
    is_hash.then(|| word[..12].to_owned())
}

/// The part with the diff, which may be an attachment.
fn body(parsed: &Message<'_>, raw: &str, first: usize) -> Text {
    let parts = parsed.parts.iter();
    let texts: Vec<Text> = parts.filter_map(|part| text(part, raw, first)).collect();
    let with_diff = texts.iter().find(|text| text.has_diff());
    with_diff.or(texts.first()).cloned().unwrap_or_default()
}

fn text(part: &MessagePart<'_>, raw: &str, first: usize) -> Option<Text> {
    let decoded = match &part.body {
        PartType::Text(text) => text.to_string(),
        PartType::Binary(bytes) | PartType::InlineBinary(bytes) => {
            String::from_utf8(bytes.to_vec()).ok()?
        }
        _ => return None,
    };
    let (start, end) = (part.offset_body as usize, part.offset_end as usize);
    let first = first + raw.get(..start)?.matches('\n').count();
    let mut text = Text::plain(&decoded, first);
    // The line end before the boundary of a part belongs to the boundary.
    if !text.text.ends_with('\n') {
        text.text.push('\n');
    }
    match part.encoding {
        Encoding::None => {}
        Encoding::QuotedPrintable => {
            text.lines = unfolded(raw.get(start..end)?, first);
        }
        // Lines of base64 are not lines of the text.
        Encoding::Base64 => text.lines.fill(first),
    }
    Some(text)
}

/// The lines that the lines of quoted-printable text begin on: one that ends in
/// `=` goes on in the next.
fn unfolded(raw: &str, first: usize) -> Vec<usize> {
    let mut begins = true;
    let mut lines = Vec::new();
    for (index, line) in raw.lines().enumerate() {
        if begins {
            lines.push(first + index);
        }
        begins = !line.trim_end().ends_with('=');
    }
    lines
}

/// As `git am` does, which takes mails apart without keeping carriage returns.
fn unix(text: &str) -> String {
    text.replace("\r\n", "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEPARATOR: &str =
        "From 1111111111222222222233333333334444444444 Mon Sep 17 00:00:00 2001\n";

    #[test]
    fn prose_that_begins_with_from_separates_nothing() {
        let input = format!(
            "{SEPARATOR}Subject: [PATCH] one\n\nFrom here on: 10 lines.\n\
             {SEPARATOR}Subject: [PATCH] two\n\nbody\n"
        );
        let mails = mails(&input);
        let subjects: Vec<&str> = mails.iter().map(|mail| mail.subject.as_str()).collect();
        assert_eq!(subjects, ["[PATCH] one", "[PATCH] two"]);
        assert_eq!((mails[0].line, mails[1].line), (1, 5));
        assert_eq!(mails[0].commit.as_deref(), Some("111111111122"));
        assert_eq!(mails[1].body.text, "body\n");
        assert_eq!(mails[1].body.line(1), 8);
    }

    #[test]
    fn a_line_of_quoted_printable_knows_where_it_begins() {
        let input = "Subject: [PATCH] x\nContent-Transfer-Encoding: quoted-printable\n\n\
             one =3D t=\nwo\n--- a/f\n";
        let mail = &mails(input)[0];
        assert_eq!(mail.body.text, "one = two\n--- a/f\n");
        assert_eq!((mail.body.line(1), mail.body.line(2)), (4, 6));
    }

    #[test]
    fn base64_and_carriage_returns_are_decoded() {
        let input = "Subject: =?utf-8?q?=5BPATCH=5D_gr=C3=BCn?=\r\n\
             Content-Transfer-Encoding: base64\r\n\r\nLS0tIGEvZg0KKysrIGIvZg0K\r\n";
        let mail = &mails(input)[0];
        assert_eq!(mail.subject, "[PATCH] grün");
        assert_eq!(mail.body.text, "--- a/f\n+++ b/f\n");
        assert_eq!(mail.body.line(2), 4);
    }

    #[test]
    fn the_attachment_with_the_patch_is_the_body() {
        let input = "Subject: [PATCH] x\nMIME-Version: 1.0\n\
             Content-Type: multipart/mixed; boundary=\"b\"\n\n\
             --b\nContent-Type: text/plain\n\nhello\n\
             --b\nContent-Type: text/x-patch\nContent-Disposition: attachment\n\n\
             --- a/f\n+++ b/f\n--b--\n";
        let mail = &mails(input)[0];
        assert_eq!(mail.body.text, "--- a/f\n+++ b/f\n");
        assert_eq!(mail.body.line(1), 13);
    }

    #[test]
    fn a_diff_is_no_mail() {
        assert!(is_mail(SEPARATOR));
        assert!(is_mail("Return-Path: <a@b>\n"));
        assert!(!is_mail("diff --git a/f b/f\n"));
        assert!(!is_mail("Index: f\n"));
        assert!(!is_mail("--- a/f: x\n"));
    }
}
