//! The public items as a list that people read, and what changed in it.
//!
//! Owns the format of a record: a line for each item, with its name, how it is
//! declared, and a hash of what it promises, which a declaration may hide behind
//! a macro or an alias. What a new line means for a run is decided in `lane`.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fs;

use camino::Utf8Path;

use crate::subject::surface::Item;
use crate::subject::surface::Span;
use crate::subject::surface::Surface;

/// The list of public items whose sources are below a root.
pub fn listing(surface: &Surface, root: &Utf8Path) -> String {
    let line = |(name, item): (&String, &Item)| {
        let declared = declared(item, root);
        let (declared, hash) = (declared.trim_end(), hash(&item.promises));
        format!("{name}{NAMED}{declared} [{hash}]\n").replace("|  [", "| [")
    };
    let mut lines: Vec<String> = surface
        .items
        .iter()
        .chain(&surface.beside)
        .map(line)
        .collect();
    lines.sort();
    lines.concat()
}

/// The lines that are in one list only, in the order of their names.
pub fn differences(old: &str, new: &str) -> Vec<String> {
    let (old, new) = (by_name(old), by_name(new));
    let names: BTreeSet<&str> = old.keys().chain(new.keys()).copied().collect();
    let difference = |name: &str| match (old.get(name), new.get(name)) {
        (None, Some(now)) => Some(format!("new: {now}")),
        (Some(was), None) => Some(format!("gone: {was}")),
        (Some(was), Some(now)) if was != now => Some(format!("was: {was}\nnow: {now}")),
        _ => None,
    };
    names.into_iter().filter_map(difference).collect()
}

/// The lines by the names of the items.
fn by_name(list: &str) -> BTreeMap<&str, &str> {
    let lines = list.lines();
    lines
        .filter_map(|line| Some((line.split_once(NAMED)?.0, line)))
        .collect()
}

/// What stands between the name of an item and its declaration.
const NAMED: &str = " | ";

fn hash(promises: &BTreeSet<String>) -> String {
    let mut hasher = blake3::Hasher::new();
    for promise in promises {
        hasher.update(promise.as_bytes());
        hasher.update(b"\n");
    }
    hasher.finalize().to_hex()[..8].to_owned()
}

/// How an item is declared, in the words of its sources.
fn declared(item: &Item, root: &Utf8Path) -> String {
    let heads = item.spans.iter().map(|span| head(span, root));
    let heads: Vec<String> = heads.filter(|head| !head.is_empty()).collect();
    heads.join("; ")
}

/// The text of a declaration up to its body.
fn head(span: &Span, root: &Utf8Path) -> String {
    // Without sources the hash still tells every change.
    let text = fs::read_to_string(root.join(&span.file)).unwrap_or_default();
    let (first, last) = (*span.lines.start(), *span.lines.end());
    let lines = text.lines().skip(first.saturating_sub(1));
    let lines: Vec<&str> = lines.take(last + 1 - first).map(str::trim).collect();
    let text = lines.join(" ");
    text[..end_of_head(&text)].trim().to_owned()
}

/// Where a body or the end of a declaration begins, outside of all brackets.
fn end_of_head(text: &str) -> usize {
    let mut depth = 0_usize;
    for (at, letter) in text.char_indices() {
        match letter {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            '{' | ';' if depth == 0 => return at,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_told_by_the_name_of_the_item() {
        let old = "a::f | pub fn f() [1]\na::A: B | impl B for A [2]\na::g | pub fn g() [3]\n";
        let new = "a::f | pub fn f(_: u8) [4]\na::A: B | impl B for A [2]\na::h | pub fn h() [5]\n";
        let told = [
            "was: a::f | pub fn f() [1]\nnow: a::f | pub fn f(_: u8) [4]",
            "gone: a::g | pub fn g() [3]",
            "new: a::h | pub fn h() [5]",
        ];
        assert_eq!(differences(old, new), told);
        assert_eq!(differences(old, old), [] as [&str; 0]);
    }

    #[test]
    fn a_declaration_ends_before_its_body() {
        let head = |text: &'static str| &text[..end_of_head(text)];
        assert_eq!(
            head("pub fn f(x: [u8; 2]) { g(); }"),
            "pub fn f(x: [u8; 2]) "
        );
        assert_eq!(head("pub struct A(u8);"), "pub struct A(u8)");
    }
}
