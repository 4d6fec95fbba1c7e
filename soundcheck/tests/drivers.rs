//! The kernel's own drivers, judged in trees of which some are spoilt.
//!
//! The trees are not in the repository: `SOUNDCHECK_KERNELS` names a folder with
//! prepared builds, such as `linux-7.3/build`. Without one, a test says that it
//! did not run.

mod copy;

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::io;
use std::io::Write as _;
use std::process::Command;

use camino::Utf8Path;
use camino::Utf8PathBuf;
use serde::Deserialize;

/// What is read of a kernel's sources.
const PARTS: [&str; 3] = ["rust", "drivers/gpu/drm/nova", "drivers/gpu/drm/tyr"];

/// The file of its sources with the features that drivers may use.
const RULES: &str = "scripts/Makefile.build";

/// A copy of a kernel's sources, beside the build directory that they belong to.
struct Kernel {
    build: Utf8PathBuf,
    copy: tempfile::TempDir,
}

/// A line of the report.
#[derive(Deserialize)]
struct Line {
    #[serde(default)]
    id: String,
    #[serde(default)]
    outcome: String,
}

/// What came of a run.
#[derive(Debug)]
struct Run {
    status: Option<i32>,
    text: String,
    outcomes: BTreeMap<String, String>,
}

impl Kernel {
    /// The sources of a release, if it is at hand and there is a contract for it.
    fn copy(name: &str) -> Option<Self> {
        let builds = env::var("SOUNDCHECK_KERNELS").ok().map(Utf8PathBuf::from);
        let build = builds.map(|builds| builds.join(name).join("build"));
        let build = build.filter(|build| build.is_dir());
        let contract = root().join(format!("contracts/{name}.toml"));
        let Some(build) = build.filter(|_| contract.is_file()) else {
            // The test runner keeps what a test prints to itself if the test passes.
            let note = format!(
                "not run: no contracts/{name}.toml, or SOUNDCHECK_KERNELS names no folder with \
                 {name}/build\n"
            );
            let written = io::stderr().write_all(note.as_bytes());
            written.expect("standard error can be written");
            return None;
        };
        let copy = tempfile::tempdir().expect("there is room");
        let kernel = Self { build, copy };
        let source = kernel.build.join("source");
        for part in PARTS {
            let (from, to) = (source.join(part), kernel.path(part));
            copy::copy_tree(&from, &to).expect("the sources can be copied");
        }
        fs::create_dir_all(kernel.path("scripts")).expect("there is room");
        fs::copy(source.join(RULES), kernel.path(RULES)).expect("the rules can be copied");
        Some(kernel)
    }

    fn path(&self, path: &str) -> Utf8PathBuf {
        let copy = Utf8Path::from_path(self.copy.path());
        copy.expect("temporary paths are UTF-8").join(path)
    }

    /// Replaces a text, which must be there, in a file of the copy.
    fn edit(&self, path: &str, from: &str, to: &str) -> &Self {
        let path = self.path(path);
        let text = fs::read_to_string(&path).expect("the file is there");
        assert!(text.contains(from), "{path} does not contain {from}");
        fs::write(&path, text.replace(from, to)).expect("the copy can be written");
        self
    }

    fn remove(&self, folder: &str) -> &Self {
        fs::remove_dir_all(self.path(folder)).expect("the folder is there");
        self
    }

    /// Judges the drivers of the copy.
    fn judge(&self) -> Run {
        let report = self.path("report.json");
        drop(fs::remove_file(&report));
        let output = Command::new(env!("CARGO_BIN_EXE_soundcheck"))
            .args(["check", "--lane", "drivers", "--root", root().as_str()])
            .args(["--kernel", self.build.as_str()])
            .args(["--source", self.path("").as_str()])
            .args(["--report", &format!("json={report}")])
            .output()
            .expect("the tool can be run");
        let lines = fs::read_to_string(&report).unwrap_or_default();
        let lines = lines.lines().map(|line| {
            let line: Line = serde_json::from_str(line).expect("a report is JSON");
            (line.id, line.outcome)
        });
        Run {
            status: output.status.code(),
            outcomes: lines.filter(|(id, _)| !id.is_empty()).collect(),
            text: String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned(),
        }
    }
}

impl Run {
    #[track_caller]
    fn came_to(&self, status: i32, outcomes: &[(&str, &str)]) -> &Self {
        let expected = outcomes.iter();
        let expected: BTreeMap<String, String> = expected
            .map(|(id, outcome)| (format!("cases/kernel-drivers/{id}"), (*outcome).to_owned()))
            .collect();
        assert_eq!(self.outcomes, expected, "{}", self.text);
        assert_eq!(self.status, Some(status), "{}", self.text);
        self
    }

    #[track_caller]
    fn says(&self, words: &str) -> &Self {
        assert!(self.text.contains(words), "no `{words}` in {}", self.text);
        self
    }
}

fn root() -> Utf8PathBuf {
    let package = Utf8Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package).to_owned()
}

#[test]
fn the_drivers_of_a_tree_hold_as_far_as_they_are_complete() {
    let Some(kernel) = Kernel::copy("linux-7.3") else {
        return;
    };
    let run = kernel.judge();
    let outcomes = [
        ("nova@linux-7.3", "pass"),
        ("nova@linux-7.3/run", "pass"),
        ("nova@api", "pass"),
        ("nova@api/run", "pass"),
        ("tyr@linux-7.3", "pass"),
        ("tyr@api", "waived"),
    ];
    run.came_to(0, &outcomes);
    run.says("items missing: kernel::bits, kernel::dma, ");
}

#[test]
fn a_tree_that_the_api_does_not_follow_has_its_own_drivers() {
    let Some(kernel) = Kernel::copy("linux-7.2") else {
        return;
    };
    let run = kernel.judge();
    assert_eq!(run.status, Some(0), "{}", run.text);
    let of = |id: &str| run.outcomes.get(id).map(String::as_str);
    assert_eq!(of("cases/kernel-drivers/nova@linux-7.2"), Some("pass"));
    assert_eq!(of("cases/kernel-drivers/tyr@linux-7.2"), Some("pass"));
    assert!(!run.outcomes.keys().any(|id| id.contains("@api")));
}

#[test]
fn a_driver_that_does_not_compile_is_named() {
    let Some(kernel) = Kernel::copy("linux-7.3") else {
        return;
    };
    kernel.edit("drivers/gpu/drm/nova/file.rs", "resource_len(", "length(");
    let run = kernel.judge();
    let outcomes = [
        ("nova@linux-7.3", "fail"),
        ("nova@linux-7.3/run", "fail"),
        ("nova@api", "fail"),
        ("nova@api/run", "fail"),
        ("tyr@linux-7.3", "pass"),
        ("tyr@api", "waived"),
    ];
    run.came_to(1, &outcomes);
    run.says("FAILED drivers cases/kernel-drivers/nova@linux-7.3 (cases/kernel-drivers/nova.toml)");
    run.says("no method named `length` found");
    run.says("drivers/gpu/drm/nova/file.rs:");
}

#[test]
fn a_driver_that_leaves_something_behind_is_named() {
    let Some(kernel) = Kernel::copy("linux-7.3") else {
        return;
    };
    let made = "create_handle(file)?;";
    let leak = format!("{made} core::mem::forget(obj);");
    kernel.edit("drivers/gpu/drm/nova/file.rs", made, &leak);
    let run = kernel.judge();
    let outcomes = [
        ("nova@linux-7.3", "pass"),
        ("nova@linux-7.3/run", "fail"),
        ("nova@api", "pass"),
        ("nova@api/run", "fail"),
        ("tyr@linux-7.3", "pass"),
        ("tyr@api", "waived"),
    ];
    run.came_to(1, &outcomes);
    run.says(
        "FAILED drivers cases/kernel-drivers/nova@linux-7.3/run (cases/kernel-drivers/nova.rs)",
    );
    run.says("claim    driver-leaves-nothing");
    run.says("violation memory-leak");
    run.says("next     cargo soundcheck check --kernel ");
    run.says(" --lane drivers --verbose cases/kernel-drivers/nova");
}

#[test]
fn a_driver_that_is_not_there_is_said_to_be_missing() {
    let Some(kernel) = Kernel::copy("linux-7.3") else {
        return;
    };
    let missing = "without nova: drivers/gpu/drm/nova/nova.rs is not in this tree";
    let run = kernel.remove("drivers/gpu/drm/nova").judge();
    run.came_to(0, &[("tyr@linux-7.3", "pass"), ("tyr@api", "waived")]);
    run.says(missing);

    let run = kernel.remove("drivers/gpu/drm/tyr").judge();
    run.came_to(2, &[]);
    run.says(missing).says("without tyr: ");
}
