//! Edits of the API that must turn a run red and name the right claim.
//!
//! Each file in `breakages/` is applied to a copy of the tree, judged, and taken back. The tree
//! without an edit must be green in the same lanes, so that red means the edit.

mod breakage;

use std::fs;

use camino::Utf8Path;
use camino::Utf8PathBuf;
use libtest_mimic::Arguments;
use soundcheck::event::Summary;
use soundcheck::lane::Lane;
use soundcheck::workspace::copy_tree;
use soundcheck::CheckOptions;

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
    let tree = Tree::fresh()?;
    breakage.apply(&tree.root)?;
    let summary = tree.judge(lanes(&breakage.lanes)?, breakage.address_sanitizer)?;
    breakage.is_noticed(&summary)
}

fn no_edit_is_green(address_sanitizer: bool) -> anyhow::Result<()> {
    let names = if address_sanitizer {
        &["run"][..]
    } else {
        &["verdict", "twins", "run"]
    };
    breakage::is_green(&Tree::fresh()?.judge(lanes(names)?, address_sanitizer)?)
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

    fn judge(&self, lanes: Vec<Lane>, address_sanitizer: bool) -> anyhow::Result<Summary> {
        let options = CheckOptions {
            root: Some(self.root.clone()),
            target_dir: Some(self.target.clone()),
            lanes,
            address_sanitizer,
            ..CheckOptions::default()
        };
        soundcheck::check(&options, &mut [])
    }
}
