//! A series of patches from edits of a tree: no text of the tree but what is
//! found and replaced is written down.

use std::collections::BTreeMap;
use std::fs;

use camino::Utf8Path;

/// An edit: the file, a text that is there once, and what it becomes.
pub struct Edit {
    /// The file, below the root of the tree.
    pub file: &'static str,
    /// The text that is there.
    pub find: &'static str,
    /// What it becomes.
    pub replace: &'static str,
}

/// A patch: its title and its edits.
pub struct Patch {
    /// What it does.
    pub title: &'static str,
    /// The edits.
    pub edits: &'static [Edit],
}

/// The mailbox of a series, as `git format-patch --stdout` would write it.
pub fn mailbox(tree: &Utf8Path, patches: &[Patch]) -> String {
    let mut files = BTreeMap::new();
    let mut mailbox = String::new();
    for (index, patch) in patches.iter().enumerate() {
        let before = files.clone();
        for edit in patch.edits {
            let text = files
                .entry(edit.file)
                .or_insert_with(|| read(tree, edit.file));
            let times = text.matches(edit.find).count();
            assert_eq!(
                times, 1,
                "`{}` is in {} {times} times",
                edit.find, edit.file
            );
            *text = text.replacen(edit.find, edit.replace, 1);
        }
        let changed = files.iter().map(|(file, new)| {
            let old = before
                .get(file)
                .cloned()
                .unwrap_or_else(|| read(tree, file));
            diff(file, &old, new)
        });
        let (number, total, title) = (index + 1, patches.len(), patch.title);
        let diff: String = changed.collect();
        mailbox.push_str(&format!(
            "From a@b Mon Sep 17 00:00:00 2001\nFrom: Somebody <a@b>\n\
             Subject: [PATCH v2 {number}/{total}] {title}\n\nSays why.\n---\n\n{diff}-- \n2.47\n\n"
        ));
    }
    mailbox
}

fn read(tree: &Utf8Path, file: &str) -> String {
    fs::read_to_string(tree.join(file)).expect("the file is in the tree")
}

fn diff(file: &str, old: &str, new: &str) -> String {
    if old == new {
        return String::new();
    }
    let mut options = diffy::DiffOptions::new();
    options.set_original_filename(format!("a/{file}"));
    options.set_modified_filename(format!("b/{file}"));
    let patch = options.create_patch(old, new);
    format!("diff --git a/{file} b/{file}\n{patch}")
}
