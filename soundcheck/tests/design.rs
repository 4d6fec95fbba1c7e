//! `DESIGN.md` names every folder that there is and no other, and every file says what it owns.

use std::collections::BTreeSet;
use std::fs;

use camino::Utf8Path;
use camino::Utf8PathBuf;
use walkdir::WalkDir;

/// Folders below which files are data of some test, described by their own formats.
const DATA: [&str; 2] = ["soundcheck/tests/fixtures", "snapshots"];

/// How long the opening of a file is, in lines; that of a crate or module may be longer.
const OPENING: std::ops::RangeInclusive<usize> = 1..=9;

#[test]
fn every_file_says_what_it_owns() {
    let silent: Vec<Utf8PathBuf> = sources()
        .into_iter()
        .filter(|path| {
            let text = fs::read_to_string(root().join(path)).expect("the file is readable");
            let opening = text.lines().take_while(|line| line.starts_with("//!"));
            let count = opening.count();
            let is_root = ["lib.rs", "mod.rs"].contains(&path.file_name().unwrap_or_default());
            let is_long = count > *OPENING.end() && !is_root;
            !is_case(&text) && (count < *OPENING.start() || is_long)
        })
        .collect();
    assert!(
        silent.is_empty(),
        "no opening of one to nine lines: {silent:#?}"
    );
}

#[test]
fn every_folder_of_the_tool_is_in_the_design() {
    let design = fs::read_to_string(root().join("DESIGN.md")).expect("DESIGN.md is readable");
    let named = |folder: &str| design.contains(&format!("`{folder}/`"));
    let floors = folders("soundcheck/src");
    let missing: Vec<&String> = floors.iter().filter(|folder| !named(folder)).collect();
    assert!(missing.is_empty(), "DESIGN.md does not name {missing:?}");
    let top: Vec<String> = folders("")
        .into_iter()
        .filter(|folder| folder != "target")
        .collect();
    let missing: Vec<&String> = top.iter().filter(|folder| !named(folder)).collect();
    assert!(missing.is_empty(), "DESIGN.md does not name {missing:?}");
}

#[test]
fn the_design_names_nothing_that_is_gone() {
    let design = fs::read_to_string(root().join("DESIGN.md")).expect("DESIGN.md is readable");
    let quoted: BTreeSet<&str> = design.split('`').skip(1).step_by(2).collect();
    let is_path = |text: &&&str| {
        let first = text.split('/').next().unwrap_or_default();
        text.contains('/')
            && !text.contains(' ')
            && !first.is_empty()
            && root().join(first).is_dir()
    };
    let gone: Vec<&&str> = quoted
        .iter()
        .filter(is_path)
        .filter(|path| !root().join(path).exists())
        .collect();
    assert!(gone.is_empty(), "DESIGN.md names {gone:?}");
}

/// The folders below one, without hidden ones.
fn folders(below: &str) -> Vec<String> {
    let entries = root()
        .join(below)
        .read_dir_utf8()
        .expect("the folder is readable");
    let folders = entries.map(|entry| entry.expect("the entry is readable"));
    let folders = folders.filter(|entry| entry.path().is_dir());
    let names = folders.map(|entry| entry.file_name().to_owned());
    names.filter(|name| !name.starts_with('.')).collect()
}

/// Every Rust file, below the root, that is no data.
fn sources() -> Vec<Utf8PathBuf> {
    let is_wanted = |name: &str| !name.starts_with('.') && !["target", "wip"].contains(&name);
    let walk = WalkDir::new(root()).into_iter();
    let walk = walk.filter_entry(|entry| {
        entry.depth() == 0 || is_wanted(&entry.file_name().to_string_lossy())
    });
    let paths = walk.map(|entry| entry.expect("the entry is readable").into_path());
    let paths = paths.map(|path| Utf8PathBuf::try_from(path).expect("paths are UTF-8"));
    let inner = paths.map(|path| path.strip_prefix(root()).expect("it is inside").to_owned());
    let is_data = |path: &Utf8Path| DATA.iter().any(|folder| path.starts_with(folder));
    inner
        .filter(|path| path.extension() == Some("rs") && !is_data(path))
        .collect()
}

fn is_case(text: &str) -> bool {
    text.contains("//@ claim:")
}

fn root() -> Utf8PathBuf {
    let package = Utf8Path::new(env!("CARGO_MANIFEST_DIR"));
    package
        .parent()
        .expect("the package lies in the workspace")
        .to_owned()
}
