//! `DESIGN.md` has one line for each file of the project, and no other.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Folders whose files are data of some test, described by their own formats.
const DATA: [&str; 3] = [
    "soundcheck/tests/fixtures/",
    "soundcheck/tests/breakages/",
    "snapshots/",
];

/// Folders of cases: only what is not a case has a line.
const CASES: [&str; 6] = [
    "drivers",
    "ui-fail",
    "ui-pass",
    "necessity",
    "layout",
    "holes",
];

#[test]
fn every_file_has_a_line_in_the_design() {
    let listed = listed();
    let present = present();

    let missing: Vec<_> = present.difference(&listed).collect();
    let stale: Vec<_> = listed.difference(&present).collect();
    assert!(
        missing.is_empty(),
        "DESIGN.md lacks a line for {missing:#?}"
    );
    assert!(
        stale.is_empty(),
        "DESIGN.md has a line for {stale:#?}, which is not there"
    );
}

/// The paths of lines that read "- `path`: what it is".
fn listed() -> BTreeSet<String> {
    let design = fs::read_to_string(root().join("DESIGN.md")).expect("DESIGN.md is readable");
    let paths: Vec<_> = design
        .lines()
        .filter_map(|line| line.strip_prefix("- `")?.split_once("`: "))
        .map(|(path, _)| path.to_owned())
        .collect();
    let unique: BTreeSet<_> = paths.iter().cloned().collect();
    assert_eq!(paths.len(), unique.len(), "DESIGN.md names a file twice");
    unique
}

/// Every Rust file, contract, driver and CI job, but for data and cases.
fn present() -> BTreeSet<String> {
    let mut files = Vec::new();
    for folder in [
        "api",
        "case-support",
        "fidelity",
        "hw-stub",
        "kernel-shim",
        "soundcheck",
        "ci",
        "contracts",
    ]
    .iter()
    .chain(&CASES)
    {
        walk(&root().join(folder), &mut files);
    }
    files
        .iter()
        .map(|path| path.strip_prefix(root()).expect("it was found there"))
        .map(|path| path.to_string_lossy().into_owned())
        .filter(|path| !DATA.iter().any(|folder| path.starts_with(folder)))
        .filter(|path| !is_case(path))
        .filter(|path| {
            let is_in = |folder: &&str| path.starts_with(folder);
            path.ends_with(".rs") || ["ci/", "contracts/", "drivers/"].iter().any(is_in)
        })
        .collect()
}

fn is_case(path: &str) -> bool {
    CASES.iter().any(|folder| path.starts_with(folder))
        && fs::read_to_string(root().join(path)).is_ok_and(|text| text.contains("//@ claim:"))
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the folder is readable") {
        let path = entry.expect("the entry is readable").path();
        let hidden = path
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if path.is_dir() && !hidden && !path.ends_with("target") && !path.ends_with("wip") {
            walk(&path, files);
        } else if path.is_file() {
            files.push(path);
        }
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the package lies in the workspace")
}
