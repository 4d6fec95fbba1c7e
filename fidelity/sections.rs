//! A trace as sections, of which attempts that look alike are one.
//!
//! A section begins with its title. In an attempt, names count from 0, so that it does not matter
//! how many there were before; and the attempts of one title are sorted, so that it does not matter
//! which allocation comes first.

use std::collections::{BTreeSet, HashMap};
use std::mem;

/// How the title of an attempt begins.
const ATTEMPT: &str = "# attempt: ";
/// The kinds of names.
const KINDS: [&str; 4] = ["drm", "faux", "file", "gem"];

/// The events of a trace, without the attempts that are as another one of their title.
pub(crate) fn events(trace: &str) -> Vec<String> {
    let mut events = Vec::new();
    let mut attempts = BTreeSet::new();
    for section in sections(trace) {
        let of_another = |attempt: &Vec<String>| attempt[0] != section[0];
        if attempts.first().is_some_and(of_another) {
            events.extend(mem::take(&mut attempts).into_iter().flatten());
        }
        if section[0].starts_with(ATTEMPT) {
            attempts.insert(renumbered(&section));
        } else {
            events.extend(section.into_iter().map(str::to_owned));
        }
    }
    events.extend(attempts.into_iter().flatten());
    events
}

fn sections(trace: &str) -> Vec<Vec<&str>> {
    let mut sections: Vec<Vec<&str>> = Vec::new();
    for line in trace.lines() {
        match sections.last_mut() {
            Some(section) if !line.starts_with("# ") => section.push(line),
            _ => sections.push(vec![line]),
        }
    }
    sections
}

/// The lines with names that count from 0.
fn renumbered(lines: &[&str]) -> Vec<String> {
    let mut names = HashMap::new();
    let mut next = HashMap::new();
    let mut rename = |word: &str| -> Option<String> {
        let kind = KINDS.iter().find(|kind| is_name(word, kind))?;
        let name = names.entry(word.to_owned()).or_insert_with(|| {
            let next = next.entry(*kind).or_insert(0);
            *next += 1;
            format!("{kind}{}", *next - 1)
        });
        Some(name.clone())
    };
    let mut rewrite = |line: &&str| {
        words(line)
            .map(|word| rename(word).unwrap_or(word.into()))
            .collect()
    };
    lines.iter().map(&mut rewrite).collect()
}

/// The words of a line, and what is between them.
fn words(line: &str) -> impl Iterator<Item = &str> {
    let apart = |c: char| !(c.is_ascii_alphanumeric() || c == '_');
    line.split_inclusive(apart).flat_map(move |piece| {
        let end = piece.find(apart).unwrap_or(piece.len());
        let (word, rest) = piece.split_at(end);
        [word, rest]
    })
}

fn is_name(word: &str, kind: &str) -> bool {
    let number = word.strip_prefix(kind);
    number.is_some_and(|number| number.parse::<u32>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attempts_that_look_alike_are_one() {
        let trace = "# life\nget(drm0)\n# attempt: x\nput(drm3)\n# attempt: x\nget(drm1, gem7)\n# attempt: x\nget(drm2, gem8)\n# end";
        let expected =
            "# life\nget(drm0)\n# attempt: x\nget(drm0, gem0)\n# attempt: x\nput(drm0)\n# end";
        let events = events(trace);
        assert_eq!(events.join("\n"), expected);
        assert_eq!(super::events(&events.join("\n")), events);
    }

    #[test]
    fn lives_that_look_alike_are_two() {
        assert_eq!(events("# life\na\n# life\na").len(), 4);
    }

    #[test]
    fn only_whole_words_are_names() {
        let line = "drm_dev_get(drm4): 2 references, drm0x, drm4";
        let expected = "drm_dev_get(drm0): 2 references, drm0x, drm0";
        assert_eq!(renumbered(&[line]), [expected]);
    }
}
