//! Whole reviews of a small tree, judged by a checker that is played: what is
//! tested is what the report makes of it.

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use camino::Utf8Path;

use super::step::key;
use super::step::tests::judgement;
use super::step::Program;
use super::step::Step;
use super::*;
use crate::judge::event::Judgement;
use crate::judge::lane::Lane;
use crate::subject::surface::Item;
use crate::subject::surface::Span;
use crate::subject::surface::Surface;

const DEVICE: &str = "rust/kernel/drm/device.rs";

const SOURCE: &str = "\
//! Devices.

/// What is known about a device.
pub trait DeviceContext {}
pub struct Normal;
impl DeviceContext for Normal {}
pub struct Ioctl;
impl DeviceContext for Ioctl {}
pub struct Registered;
impl DeviceContext for Registered {}

/// A device.
pub struct Device<T, C: DeviceContext = Normal>(T, C);

/// A guard.
pub struct Guard;

impl<T> Device<T, Ioctl> {
    /// Asks for a guard.
    pub fn registration_guard(&self) -> Option<Guard> {
        None
    }
}
";

const CASE: &str = "\
//! A general-purpose device cannot hand out a guard.
//@ claim: guard-needs-ioctl
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Normal>) {
    let _ = dev.registration_guard(); //~ E0599 registration_guard
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Ioctl>) {
    let _ = dev.registration_guard();
}

fn main() {}
";

/// What a prepared build has.
const GENERATED: [&str; 4] = [
    "rust/bindings/bindings_generated.rs",
    "rust/bindings/bindings_helpers_generated.rs",
    "rust/uapi/uapi_generated.rs",
    "include/generated/rustc_cfg",
];

/// An edit of the device.
type Edit = (&'static str, &'static str);

const DOCS: Edit = ("/// A guard.", "/// A guard: the device is registered.");
const PLANT: Edit = ("impl<T> Device<T, Ioctl> {", "impl<T, C> Device<T, C> {");
const MEND: Edit = (PLANT.1, PLANT.0);
const NEW: Edit = (
    "        None\n    }\n",
    "        None\n    }\n\n    /// Says that it is wedged.\n    pub fn wedged(&self) {}\n",
);
const SPOIL: Edit = ("        None", "        Nothing");

/// A kernel tree of two files, and a repository of its own.
struct Tree(tempfile::TempDir);

impl Tree {
    fn new() -> Self {
        let tree = Self(tempfile::tempdir().expect("a directory can be made"));
        tree.write(DEVICE, SOURCE);
        tree.write(
            "rust/kernel/drm/mod.rs",
            "pub mod device;\npub use self::device::Device;\n",
        );
        tree.write("rust/kernel/lib.rs", "");
        tree.write(
            "scripts/Makefile.build",
            "rust_allowed_features := asm_goto\n",
        );
        for generated in GENERATED {
            tree.write(generated, "--cfg=CONFIG_DRM\n");
        }
        tree.write("Documentation/gpu.rst", "One.\n");
        tree
    }

    fn root(&self) -> &Utf8Path {
        Utf8Path::from_path(self.0.path()).expect("temporary paths are UTF-8")
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().expect("a file is in a folder"))
            .expect("a folder can be made");
        fs::write(path, text).expect("a file can be written");
    }

    /// A series of edits, one a patch, as git would mail it.
    fn series(&self, edits: &[(&str, &[Edit])]) -> Utf8PathBuf {
        let mut mbox = String::new();
        let mut old = SOURCE.to_owned();
        let total = edits.len();
        for (index, (title, edits)) in edits.iter().enumerate() {
            let mut new = old.clone();
            for (find, replace) in *edits {
                assert!(new.contains(find), "{find} is not there");
                new = new.replacen(find, replace, 1);
            }
            let mut options = diffy::DiffOptions::new();
            options.set_original_filename(format!("a/{DEVICE}"));
            options.set_modified_filename(format!("b/{DEVICE}"));
            let patch = options.create_patch(&old, &new);
            let number = index + 1;
            mbox.push_str(&format!(
                "From a@b Mon Sep 17 00:00:00 2001\nSubject: [PATCH v2 {number}/{total}] {title}\n\n\
                 Says why.\n---\n\n{patch}-- \n2.47\n\n"
            ));
            old = new;
        }
        self.write("series.mbox", &mbox);
        self.root().join("series.mbox")
    }

    fn options(&self, series: &str) -> Options {
        let package = Utf8Path::new(env!("CARGO_MANIFEST_DIR"));
        Options {
            series: series.to_owned(),
            tree: self.root().to_owned(),
            objtree: None,
            check: CheckOptions {
                root: package.parent().map(Utf8Path::to_path_buf),
                target_dir: Some(self.root().join("target")),
                ..CheckOptions::default()
            },
        }
    }

    /// The report about a series, and the exit status.
    fn review(&self, edits: &[(&str, &[Edit])]) -> (String, u8) {
        let series = self.series(edits);
        self.said(series.as_str())
    }

    fn said(&self, series: &str) -> (String, u8) {
        let review = self.judged(series, &Played);
        let review = review.expect("everything can be judged");
        let (text, status) = (review.to_string(), review.exit_code());
        for line in text.lines() {
            assert!(line.chars().count() <= page::WIDTH, "`{line}` is too wide");
        }
        (text, status)
    }

    fn judged(&self, series: &str, checker: &dyn Checker) -> Result<Review, Error> {
        Prepared::new(&self.options(series))?.review(checker)
    }

    fn git(&self, words: &str) {
        let output = Command::new("git")
            .current_dir(self.root())
            .args(["-c", "user.name=a", "-c", "user.email=a@b"])
            .args(words.split(' '))
            .output();
        let output = output.expect("git can be run");
        assert!(output.status.success(), "{output:?}");
    }
}

/// Judges by what is written in the device.
struct Played;

impl Checker for Played {
    fn check(&self, source: &Utf8Path) -> anyhow::Result<Step> {
        let text = fs::read_to_string(source.join(DEVICE))?;
        if text.contains("Nothing") {
            let got = format!("error[E0425]: cannot find value `Nothing`\n --> {DEVICE}:21:9");
            let kernel = judgement(Lane::BUILD, "kernel", "", Some(&got));
            return Ok(Step {
                judgements: vec![kernel],
                ..Step::default()
            });
        }
        let refused = |held: bool| (!held).then_some("the program compiles");
        let guard = refused(text.contains("Device<T, Ioctl>"));
        let judgements = vec![
            judgement(Lane::BUILD, "kernel", "", None),
            judgement(
                Lane::VERDICT,
                "ui-fail/guard/normal",
                "guard-needs-ioctl",
                guard,
            ),
            judgement(
                Lane::VERDICT,
                "ui-fail/guard/ufcs",
                "guard-needs-ioctl",
                guard,
            ),
            judgement(Lane::VERDICT, "ui-fail/a/first", "default-normal", guard),
            judgement(
                Lane::RUN,
                "ui-pass/guard/nested",
                "guard-can-be-nested",
                None,
            ),
        ];
        let failed = judgements.iter().filter(|known| known.failure.is_some());
        Ok(Step {
            programs: failed.map(program).collect(),
            judgements,
            problems: Vec::new(),
        })
    }

    fn surface(&self, source: &Utf8Path) -> anyhow::Result<Surface> {
        let text = fs::read_to_string(source.join(DEVICE))?;
        let items = methods(&text);
        Ok(Surface {
            items,
            ..Surface::default()
        })
    }
}

/// What is public, by the lines that say so: methods, each in its impl.
fn methods(text: &str) -> BTreeMap<String, Item> {
    let mut of = (0, "");
    let mut items = BTreeMap::new();
    for (number, line) in (1..).zip(text.lines()) {
        if line.starts_with("impl") {
            of = (number, line);
        }
        let name = line
            .trim()
            .strip_prefix("pub fn ")
            .and_then(|line| line.split_once('('));
        if let Some((name, _)) = name {
            let span = |lines| Span {
                file: DEVICE.into(),
                lines,
            };
            let item = Item {
                promises: [of.1, line].map(str::to_owned).into(),
                spans: vec![span(number..=number), span(of.0..=number)],
            };
            items.insert(format!("drm::Device::{name}"), item);
        }
    }
    items
}

fn program(judgement: &Judgement) -> (step::Key, Program) {
    let more = if judgement.id.ends_with("ufcs") {
        "// Longer.\n"
    } else {
        ""
    };
    let text = format!("{CASE}{more}");
    let is_twin = false;
    (key(judgement), Program { text, is_twin })
}

fn assert_snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../../tests/snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

#[test]
fn a_defect_that_a_later_patch_mends_is_reported_where_it_was_planted() {
    let tree = Tree::new();
    let (text, status) = tree.review(&[
        ("rust: drm: device: say what a guard is", &[DOCS]),
        ("rust: drm: device: hand out guards everywhere", &[PLANT]),
        ("rust: drm: device: hand out guards to ioctls only", &[MEND]),
    ]);
    assert_eq!(status, 1);
    assert_snapshot("review_planted_and_mended", &text);
}

#[test]
fn what_is_new_and_covered_by_nothing_is_unproven_and_no_fault() {
    let tree = Tree::new();
    let (text, status) = tree.review(&[("rust: drm: device: know when it is wedged", &[NEW])]);
    assert_eq!(status, 0);
    assert_snapshot("review_new", &text);
}

#[test]
fn a_patch_that_does_not_build_points_at_the_line() {
    let tree = Tree::new();
    let (text, status) = tree.review(&[
        ("rust: drm: device: return nothing", &[SPOIL]),
        ("rust: drm: device: return none", &[(SPOIL.1, SPOIL.0)]),
    ]);
    assert_eq!(status, 1);
    assert_snapshot("review_unbuilt", &text);
}

#[test]
fn a_defect_that_stays_is_reported_once_and_remembered() {
    let tree = Tree::new();
    let (text, status) = tree.review(&[
        ("rust: drm: device: hand out guards everywhere", &[PLANT]),
        ("rust: drm: device: say what a guard is", &[DOCS]),
    ]);
    assert_eq!(status, 1);
    assert_eq!(text.matches("BROKE").count(), 2, "{text}");
    assert!(
        text.contains("2/2  still refuted: default-normal, guard-needs-ioctl"),
        "{text}"
    );
    assert!(
        text.contains("Not everything holds at the end of the series."),
        "{text}"
    );
}

#[test]
fn what_was_refuted_before_is_no_fault_of_a_patch_and_does_not_hold_either() {
    let tree = Tree::new();
    let series = tree.series(&[("rust: drm: device: say what a guard is", &[DOCS])]);
    tree.write(DEVICE, &SOURCE.replace(PLANT.0, PLANT.1));
    let mails = fs::read_to_string(&series).expect("it is there");
    fs::write(&series, mails.replace(PLANT.0, PLANT.1)).expect("it can be written");
    let (text, status) = tree.said(series.as_str());
    assert_eq!(status, 1);
    assert!(
        text.contains("Before it, 1 of 3 claims hold (2 of 5 verdicts); refuted:"),
        "{text}"
    );
    assert!(
        text.contains("  Still refuted: default-normal, guard-needs-ioctl."),
        "{text}"
    );
    assert!(
        !text.contains("BROKE") && !text.contains("bisection"),
        "{text}"
    );
}

#[test]
fn a_range_of_commits_is_reviewed_from_its_start() {
    let tree = Tree::new();
    tree.git("init -q");
    tree.git("add .");
    tree.git("commit -qm base");
    tree.write("Documentation/gpu.rst", "Two.\n");
    tree.git("commit -qam docs");
    tree.write(DEVICE, &SOURCE.replace(PLANT.0, PLANT.1));
    tree.git("commit -qam plant");
    // What people have in their configuration makes no difference.
    tree.git("config format.noprefix true");
    tree.git("config format.coverLetter true");
    tree.git("config format.attach true");
    // The work tree is not what is judged.
    tree.write(DEVICE, "half an edit");
    let (text, status) = tree.said("HEAD~2..HEAD");
    assert_eq!(status, 1);
    assert!(text.contains("1/2  broke nothing"), "{text}");
    assert!(
        text.contains("It touches nothing that is judged."),
        "{text}"
    );
    assert!(text.contains("2/2  broke guard-needs-ioctl"), "{text}");
    assert!(text.contains("changed there:\n    commit "), "{text}");
    let left = fs::read_to_string(tree.root().join(DEVICE));
    assert_eq!(left.ok().as_deref(), Some("half an edit"));
}

#[test]
fn a_review_leaves_the_tree_as_it_was_and_nothing_behind() {
    let tree = Tree::new();
    let series = tree.series(&[("rust: drm: device: hand out guards", &[PLANT])]);
    let before = files(tree.root());
    tree.said(series.as_str());
    assert_eq!(before, files(tree.root()));
}

/// Every file of a tree with its text.
fn files(root: &Utf8Path) -> BTreeMap<Utf8PathBuf, Vec<u8>> {
    let entries = walkdir::WalkDir::new(root).into_iter();
    let entries = entries.map(|entry| entry.expect("the tree is readable"));
    let files = entries.filter(|entry| entry.file_type().is_file());
    let paths = files.map(|entry| Utf8PathBuf::try_from(entry.into_path()));
    paths
        .map(|path| path.expect("paths are UTF-8"))
        .map(|path| (path.clone(), fs::read(path).expect("the file is readable")))
        .collect()
}

#[test]
fn a_tree_that_does_not_build_before_the_series_is_bad_input() {
    let tree = Tree::new();
    let series = tree.series(&[("rust: drm: device: say what a guard is", &[DOCS])]);
    tree.write(DEVICE, &SOURCE.replace(SPOIL.0, SPOIL.1));
    let said = tree.judged(series.as_str(), &Played);
    let said = said.expect_err("nothing can be compared").to_string();
    assert!(
        said.contains("does not build before the series: error[E0425]"),
        "{said}"
    );
}

#[test]
fn a_patch_in_the_middle_that_does_not_apply_ends_it_before_anything_is_judged() {
    struct Never;
    impl Checker for Never {
        fn check(&self, _: &Utf8Path) -> anyhow::Result<Step> {
            unreachable!("something was judged")
        }

        fn surface(&self, _: &Utf8Path) -> anyhow::Result<Surface> {
            unreachable!("something was documented")
        }
    }
    let tree = Tree::new();
    let series = tree.series(&[("one", &[DOCS]), ("two", &[PLANT])]);
    let text = fs::read_to_string(&series).expect("it is there");
    let spoilt = text.replace(
        "-impl<T> Device<T, Ioctl> {",
        "-impl<T> Device<T, Normal> {",
    );
    fs::write(&series, spoilt).expect("it can be written");
    let said = tree.judged(series.as_str(), &Never);
    let said = said.expect_err("it does not apply").to_string();
    let expected = format!(
        "series.mbox:21: patch 2 of 2 does not apply: patch failed: {DEVICE}:15: on line 18 stands \
         `impl<T> Device<T, Ioctl> {{`, and not `impl<T> Device<T, Normal> {{`; next: "
    );
    assert!(said.starts_with(&expected), "{said}");
}
