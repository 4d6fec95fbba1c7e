//! Where the tool runs: checkouts that may not be written, paths that are not
//! plain, machines without a network, batches in any order on any number of
//! processes.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::time::SystemTime;

use camino::Utf8Path;
use serde_json::Value;

use crate::tree::Run;
use crate::tree::Tree;

/// When each file and folder was last written.
fn listing(folder: &Utf8Path) -> BTreeMap<String, SystemTime> {
    let walk = walkdir::WalkDir::new(folder).into_iter();
    let entries = walk.map(|entry| entry.expect("the tree can be walked"));
    let written = |entry: walkdir::DirEntry| {
        let metadata = entry.metadata().expect("the entry is there");
        let time = metadata.modified().expect("times are kept");
        (entry.path().display().to_string(), time)
    };
    entries.map(written).collect()
}

fn set_mode(folder: &Utf8Path, file: u32, directory: u32) {
    for entry in walkdir::WalkDir::new(folder).contents_first(true) {
        let entry = entry.expect("the tree can be walked");
        let mode = if entry.file_type().is_dir() {
            directory
        } else {
            file
        };
        let permissions = fs::Permissions::from_mode(mode);
        fs::set_permissions(entry.path(), permissions).expect("modes can be set");
    }
}

#[test]
fn a_checkout_is_only_read() {
    let tree = Tree::new();
    set_mode(&tree.root(), 0o444, 0o555);
    let before = listing(&tree.root());
    let run = tree.run(&[]);
    let after = listing(&tree.root());
    set_mode(&tree.root(), 0o644, 0o755);
    run.is_green();
    assert_eq!(before, after);
}

#[test]
fn no_network_is_needed() {
    let tree = Tree::new();
    let mut command = tree.command(&[]);
    let command = command
        .env("CARGO_NET_OFFLINE", "true")
        .env("http_proxy", "http://127.0.0.1:9")
        .env("https_proxy", "http://127.0.0.1:9");
    Run::of(command).is_green();
}

#[test]
fn a_target_directory_may_have_any_name() {
    let tree = Tree::new();
    let target = tree.root().join("../naïve \"target\" №1's");
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_soundcheck"));
    command.args(["--root", tree.root().as_str()]);
    command.args(["--target-dir", target.as_str()]);
    Run::of(&mut command).is_green();
    assert!(target.join("soundcheck/cache").is_dir());
}

#[test]
fn the_order_and_the_number_of_processes_decide_nothing() {
    let tree = Tree::new();
    let mut ledgers = BTreeSet::new();
    let mut alone = BTreeSet::new();
    for seed in 0..16_usize {
        let (jobs, seed) = ((seed % 8 + 1).to_string(), seed.to_string());
        let lanes = ["--lane", "verdict", "--lane", "twins", "--format", "json"];
        let mut command = tree.command(&["--no-cache", "--jobs", &jobs, "--seed", &seed]);
        let run = Run::of(command.args(lanes));
        let summary = run.stdout.lines().last().unwrap_or_default();
        let summary: Value = serde_json::from_str(summary).expect("the summary is JSON");
        ledgers.insert(summary["ledger"].to_string());
        alone.insert(run.stdout.matches("random sample").count());
    }
    assert_eq!(ledgers.len(), 1, "{ledgers:?}");
    assert!(!alone.contains(&0), "{alone:?}");
}

/// What every build of the tree has in common, and the lane that links it.
const RUN: [&str; 2] = ["--lane", "run"];

#[test]
fn a_configuration_of_cargo_above_the_checkout_decides_nothing() {
    for always in [&["--no-cache"][..], &[]] {
        let tree = Tree::new();
        let run = || tree.run(&[&RUN, always].concat());
        run().is_green();
        let above = "\
            [profile.dev]\npanic = 'abort'\n\
            [build]\nrustflags = ['-Cpanic=abort']\n\
            [target.'cfg(all())']\nrustflags = ['-Cpanic=abort']\n";
        tree.write("../.cargo/config.toml", above);
        run().is_green();
        tree.edit("api/src/lib.rs", "//!", "//! Edited.\n//!");
        run().is_green();
        tree.remove("../.cargo");
        run().is_green();
    }
}

#[test]
fn a_configuration_of_cargo_that_matters_is_seen_to_come_and_go() {
    let tree = Tree::new();
    let assertion = "const _: () = assert!(option_env!(\"PLANTED\").is_none());\n";
    let lib = std::fs::read_to_string(tree.root().join("api/src/lib.rs"));
    let lib = lib.expect("the API is there");
    tree.write("api/src/lib.rs", &format!("{lib}\n{assertion}"));
    tree.run(&RUN).is_green();
    for file in ["../.cargo/config.toml", "../.cargo/config", ".cargo/config"] {
        tree.write(file, "[env]\nPLANTED = 'yes'\n");
        assert_eq!(tree.run(&RUN).status, Some(1), "{file}");
        tree.remove(file);
        tree.run(&RUN).is_green();
    }
}

#[test]
fn a_run_that_waits_for_another_says_so() {
    let tree = Tree::new();
    tree.run(&RUN).is_green();
    tree.edit("api/src/lib.rs", "//!", "//! Edited.\n//!");
    let lock = tree.target().join("soundcheck/build.lock");
    let lock = fs::File::open(lock).expect("a build leaves its lock");
    lock.lock().expect("nobody else has it");
    let mut command = tree.command(&RUN);
    let child = command
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn();
    let child = child.expect("the tool can be run");
    std::thread::sleep(std::time::Duration::from_secs(5));
    lock.unlock().expect("it is held");
    let output = child.wait_with_output().expect("it can be waited for");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(said.contains("waiting for another run"), "{said}");
    assert!(said.contains("build.lock"), "{said}");
}
