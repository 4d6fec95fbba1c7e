//! A series for a real kernel. The trees are found by `SOUNDCHECK_KERNELS`, a
//! folder with what `ci/prepare-kernel-tree` makes; without it nothing is run,
//! and the tests say so.

use std::fs;

use camino::Utf8Path;
use camino::Utf8PathBuf;
use soundcheck::command::review;
use soundcheck::command::review::step::Step;
use soundcheck::command::review::Checker;
use soundcheck::command::review::Judge;
use soundcheck::command::review::Options;
use soundcheck::command::review::Prepared;
use soundcheck::subject::surface::Surface;
use soundcheck::CheckOptions;

use crate::edits::mailbox;
use crate::edits::Edit;
use crate::edits::Patch;

/// The folder with the trees.
const KERNELS: &str = "SOUNDCHECK_KERNELS";

const DEVICE: &str = "rust/kernel/drm/device.rs";

/// The second patch lets every device ask for a guard; the third takes it back.
const SERIES: [Patch; 3] = [
    Patch {
        title: "rust: drm: device: mention the context",
        edits: &[Edit {
            file: DEVICE,
            find: "/// A typed DRM device with",
            replace: "/// A typed device of the DRM subsystem with",
        }],
    },
    Patch {
        title: "rust: drm: device: hand out guards everywhere",
        edits: &[Edit {
            file: DEVICE,
            find: "impl<T: drm::Driver> Device<T, Ioctl> {",
            replace: "impl<T: drm::Driver, Ctx: DeviceContext> Device<T, Ctx> {",
        }],
    },
    Patch {
        title: "rust: drm: device: hand out guards to ioctls only",
        edits: &[Edit {
            file: DEVICE,
            find: "impl<T: drm::Driver, Ctx: DeviceContext> Device<T, Ctx> {",
            replace: "impl<T: drm::Driver> Device<T, Ioctl> {",
        }],
    },
];

/// The build directory of a kernel, if there are any.
fn kernel() -> Option<Utf8PathBuf> {
    let Ok(kernels) = std::env::var(KERNELS) else {
        eprintln!("not run: {KERNELS} does not name a folder with kernels");
        return None;
    };
    Some(Utf8Path::new(&kernels).join("linux-7.3/build"))
}

/// A series for a kernel, in a directory of its own.
fn series(build: &Utf8Path) -> (tempfile::TempDir, Options) {
    let directory = tempfile::tempdir().expect("a directory can be made");
    let root = Utf8Path::from_path(directory.path()).expect("temporary paths are UTF-8");
    let path = root.join("v2.mbox");
    let mailbox = mailbox(&build.join("source"), &SERIES);
    fs::write(&path, mailbox).expect("a file can be written");
    let package = Utf8Path::new(env!("CARGO_MANIFEST_DIR"));
    let options = Options {
        series: path.into_string(),
        tree: build.to_owned(),
        objtree: None,
        check: CheckOptions {
            root: package.parent().map(Utf8Path::to_path_buf),
            ..CheckOptions::default()
        },
    };
    (directory, options)
}

/// Finds nothing wrong, and the public items that there are.
struct Content(Judge);

impl Checker for Content {
    fn check(&self, _: &Utf8Path) -> anyhow::Result<Step> {
        Ok(Step::default())
    }

    fn surface(&self, source: &Utf8Path) -> anyhow::Result<Surface> {
        self.0.surface(source)
    }
}

#[test]
fn the_items_of_a_real_kernel_are_compared() {
    let Some(build) = kernel() else { return };
    let (_directory, options) = series(&build);
    let prepared = Prepared::new(&options).expect("the series applies");
    let judge = Judge::new(&options.check, &prepared.kernel);
    let text = prepared
        .review(&Content(judge))
        .expect("nothing is judged")
        .to_string();
    let changed = text
        .matches("Changed: drm::Device::registration_guard.")
        .count();
    assert_eq!(changed, 2, "{text}");
    assert!(!text.contains("is not known"), "{text}");
}

#[test]
fn a_defect_that_is_planted_and_mended_is_reported_where_it_was_planted() {
    let Some(build) = kernel() else { return };
    let (_directory, options) = series(&build);
    let mut out = Vec::new();
    let status = review::run(&options, &mut out).expect("everything can be judged");
    let text = String::from_utf8(out).expect("the report is UTF-8");
    assert_eq!(status, 1, "{text}");
    let (before, planted) = text
        .split_once("[PATCH v2 2/3]")
        .expect("there is a second patch");
    assert!(!before.contains("BROKE"), "{text}");
    let lines = [
        "  BROKE guard-needs-ioctl: ",
        "  > +impl<T: drm::Driver, Ctx: DeviceContext> Device<T, Ctx> {",
        "  This program must not compile:",
        "  Holds again: ",
        "  3/3  mended ",
        "Patch 2 broke what held",
    ];
    for line in lines {
        assert!(planted.contains(line), "`{line}` is not in\n{text}");
    }
    assert!(
        text.lines().all(|line| line.chars().count() <= 75),
        "{text}"
    );
}
