//! Edits of the API that must turn a run red and name the right claim.
//!
//! Each file in `breakages/` is applied to a copy of the tree, judged, and taken back. The tree
//! without an edit must be green in the same lanes, so that red means the edit.

mod breakage;

use std::fs;

use anyhow::ensure;
use camino::Utf8Path;
use camino::Utf8PathBuf;
use libtest_mimic::Arguments;
use soundcheck::ground::workspace::copy_tree;
use soundcheck::judge::event::Summary;
use soundcheck::CheckOptions;
use soundcheck::Terms;

use breakage::lanes;
use breakage::source;
use breakage::trial;
use breakage::Breakage;

fn main() {
    let mut arguments = Arguments::from_args();
    // The trials share one copy of the tree.
    arguments.test_threads = Some(1);

    let trials = breakage::all("soundcheck/tests/breakages")
        .into_iter()
        .map(|(name, breakage)| trial(name, move || turns_the_run_red(&breakage)))
        .chain([
            trial("no_edit".to_owned(), || no_edit_is_green(false)),
            trial("no_edit_under_asan".to_owned(), || no_edit_is_green(true)),
        ])
        .collect();

    libtest_mimic::run(&arguments, trials).exit();
}

fn turns_the_run_red(breakage: &Breakage) -> anyhow::Result<()> {
    ensure!(
        breakage.trees.is_empty(),
        "an edit of the API is in no kernel tree"
    );
    let tree = Tree::fresh()?;
    breakage.apply(&tree.root)?;
    let options = CheckOptions {
        filters: breakage.cases.clone(),
        lanes: lanes(&breakage.lanes)?,
        terms: Terms {
            address_sanitizer: breakage.address_sanitizer,
            ..Terms::default()
        },
        ..CheckOptions::default()
    };
    let summary = tree.judge(options)?;
    breakage.is_noticed(&summary)
}

fn no_edit_is_green(address_sanitizer: bool) -> anyhow::Result<()> {
    let names = if address_sanitizer {
        &["run"][..]
    } else {
        &["verdict", "twins", "run"]
    };
    let options = CheckOptions {
        lanes: lanes(names)?,
        terms: Terms {
            address_sanitizer,
            ..Terms::default()
        },
        ..CheckOptions::default()
    };
    breakage::is_green(&Tree::fresh()?.judge(options)?)
}

/// A copy of the workspace, with build output of its own.
struct Tree {
    root: Utf8PathBuf,
    target: Utf8PathBuf,
}

impl Tree {
    fn fresh() -> anyhow::Result<Self> {
        let dir = Utf8Path::new(env!("CARGO_TARGET_TMPDIR")).join("breakages");
        let tree = Self {
            root: dir.join("tree"),
            target: dir.join("target"),
        };
        copy_tree(source(), &tree.root)?;
        // The matrix has self-tests of its own; here the written cases alone must notice.
        fs::remove_file(tree.root.join("contracts/api.toml"))?;
        fs::remove_dir_all(tree.root.join("ui-fail/matrix"))?;
        // Snapshots would notice any difference; the contracts alone must notice these.
        fs::remove_dir_all(tree.root.join("snapshots/diagnostics"))?;
        Ok(tree)
    }

    fn judge(&self, options: CheckOptions) -> anyhow::Result<Summary> {
        let options = CheckOptions {
            root: Some(self.root.clone()),
            target_dir: Some(self.target.clone()),
            ..options
        };
        soundcheck::check(&options, &mut [])
    }
}
