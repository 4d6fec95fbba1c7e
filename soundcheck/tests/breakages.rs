//! Edits of the API that must turn a run red and name the right claim.
//!
//! Each file in `breakages/` is applied to a copy of the tree, judged, and taken back. The tree
//! without an edit must be green in the same lanes, so that red means the edit.

use std::collections::BTreeSet;
use std::fs;

use anyhow::ensure;
use anyhow::Context;
use camino::Utf8Path;
use camino::Utf8PathBuf;
use clap::ValueEnum;
use libtest_mimic::Arguments;
use libtest_mimic::Trial;
use serde::Deserialize;
use soundcheck::event::Summary;
use soundcheck::lane::Lane;
use soundcheck::workspace::copy_tree;
use soundcheck::CheckOptions;

fn main() {
    let mut arguments = Arguments::from_args();
    // The trials share one copy of the tree.
    arguments.test_threads = Some(1);

    let trials = breakages()
        .into_iter()
        .map(|(name, breakage)| trial(name, move || breakage.turns_the_run_red()))
        .chain([
            trial("no_edit".to_owned(), || no_edit_is_green(false)),
            trial("no_edit_under_asan".to_owned(), || no_edit_is_green(true)),
        ])
        .collect();

    libtest_mimic::run(&arguments, trials).exit();
}

/// An edit of the API, and the claim that it breaks.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Breakage {
    claim: String,
    lanes: Vec<String>,
    /// What the report must say, where the claim alone would not tell.
    says: Option<String>,
    #[serde(default)]
    address_sanitizer: bool,
    edit: Vec<Edit>,
}

/// A replacement in a file, wherever `find` occurs.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Edit {
    file: Utf8PathBuf,
    find: String,
    replace: String,
}

fn trial(name: String, test: impl FnOnce() -> anyhow::Result<()> + Send + 'static) -> Trial {
    Trial::test(name, || test().map_err(|error| format!("{error:#}").into()))
}

fn breakages() -> Vec<(String, Breakage)> {
    let folder = source().join("soundcheck/tests/breakages");
    let mut found: Vec<_> = folder
        .read_dir_utf8()
        .expect("the folder is readable")
        .map(|entry| entry.expect("the entry is readable").into_path())
        .map(|path| {
            let text = fs::read_to_string(&path).expect("the file is readable");
            let breakage = toml::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"));
            let name = path.file_stem().expect("the file has a name").to_owned();
            (name, breakage)
        })
        .collect();
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found
}

impl Breakage {
    fn turns_the_run_red(&self) -> anyhow::Result<()> {
        let tree = Tree::fresh()?;
        for edit in &self.edit {
            tree.apply(edit)?;
        }
        let summary = tree.judge(lanes(&self.lanes)?, self.address_sanitizer)?;

        let claims: BTreeSet<_> = summary
            .failures
            .iter()
            .map(|failure| &failure.claim)
            .collect();
        ensure!(
            claims.contains(&self.claim),
            "`{}` is not among the failed claims {claims:?}\n{:#?}",
            self.claim,
            summary.failures.first()
        );
        ensure!(
            summary.exit_code() == 1,
            "exit status {}",
            summary.exit_code()
        );
        if let Some(says) = &self.says {
            let said = format!("{:?}", summary.failures);
            ensure!(said.contains(says), "`{says}` is not in {said}");
        }
        Ok(())
    }
}

fn no_edit_is_green(address_sanitizer: bool) -> anyhow::Result<()> {
    let names = if address_sanitizer {
        &["run"][..]
    } else {
        &["verdict", "twins", "run"]
    };
    let summary = Tree::fresh()?.judge(lanes(names)?, address_sanitizer)?;
    ensure!(
        summary.is_green(),
        "{:#?}\n{:#?}",
        summary.failures,
        summary.problems
    );
    Ok(())
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

    fn apply(&self, edit: &Edit) -> anyhow::Result<()> {
        let path = self.root.join(&edit.file);
        let text = fs::read_to_string(&path).with_context(|| edit.file.to_string())?;
        ensure!(
            text.contains(&edit.find),
            "{} has no `{}`",
            edit.file,
            edit.find
        );
        fs::write(path, text.replace(&edit.find, &edit.replace))?;
        Ok(())
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

fn lanes(names: &[impl AsRef<str>]) -> anyhow::Result<Vec<Lane>> {
    names
        .iter()
        .map(|name| Lane::from_str(name.as_ref(), false))
        .map(|lane| lane.map_err(anyhow::Error::msg))
        .collect()
}

fn source() -> &'static Utf8Path {
    Utf8Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the package lies in the workspace")
}
