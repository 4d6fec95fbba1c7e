//! Edits of the API that must turn a run red and name the right claim.
//!
//! Each file in `mutants/api/` is applied to a copy of the tree, judged, and taken back. The tree
//! without an edit must be green in the same lanes, so that red means the edit.

mod copy;
mod mutant;

use std::fs;

use anyhow::ensure;
use camino::Utf8Path;
use camino::Utf8PathBuf;
use libtest_mimic::Arguments;
use soundcheck::judge::event::Summary;
use soundcheck::CheckOptions;
use soundcheck::Terms;

use copy::copy_tree;
use mutant::lanes;
use mutant::source;
use mutant::trial;
use mutant::Mutant;

fn main() {
    let mut arguments = Arguments::from_args();
    // The trials share one copy of the tree.
    arguments.test_threads = Some(1);

    let trials = mutant::all("soundcheck/tests/mutants/api")
        .into_iter()
        .map(|(name, mutant)| trial(name, move || turns_the_run_red(&mutant)))
        .chain([
            trial("no_edit".to_owned(), || no_edit_is_green(false)),
            trial("no_edit_under_asan".to_owned(), || no_edit_is_green(true)),
        ])
        .collect();

    libtest_mimic::run(&arguments, trials).exit();
}

fn turns_the_run_red(mutant: &Mutant) -> anyhow::Result<()> {
    ensure!(
        mutant.trees.is_empty(),
        "an edit of the API is in no kernel tree"
    );
    let tree = Tree::fresh()?;
    mutant.apply(&tree.root)?;
    let options = CheckOptions {
        filters: mutant.cases.clone(),
        lanes: lanes(&mutant.lanes)?,
        terms: Terms {
            address_sanitizer: mutant.address_sanitizer,
            ..Terms::default()
        },
        ..CheckOptions::default()
    };
    let summary = tree.judge(options)?;
    mutant.is_killed(&summary)
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
    mutant::is_green(&Tree::fresh()?.judge(options)?)
}

/// A copy of the workspace, with build output of its own.
struct Tree {
    root: Utf8PathBuf,
    target: Utf8PathBuf,
}

impl Tree {
    fn fresh() -> anyhow::Result<Self> {
        let dir = Utf8Path::new(env!("CARGO_TARGET_TMPDIR")).join("mutants");
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
