//! Edits that must turn a run red and name the right claim, as data.
//!
//! Owns the format of the files and what a red run must say. What is edited, a
//! copy of the workspace or of a kernel tree, is the business of each test.

use std::collections::BTreeSet;
use std::fs;

use anyhow::ensure;
use anyhow::Context;
use camino::Utf8Path;
use camino::Utf8PathBuf;
use libtest_mimic::Trial;
use serde::Deserialize;
use soundcheck::judge::event::Summary;
use soundcheck::subject::target::known_lanes;
use soundcheck::Lane;

/// An edit, and the claim that it breaks.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mutant {
    /// The claim.
    pub claim: String,
    /// The lanes that must notice.
    pub lanes: Vec<String>,
    /// The cases that must notice; all by default.
    #[serde(default)]
    pub cases: Vec<String>,
    /// What the report must say, where the claim alone would not tell.
    pub says: Option<String>,
    /// Whether the programs run under AddressSanitizer.
    #[serde(default)]
    pub address_sanitizer: bool,
    /// The kernel trees that are edited.
    #[serde(default)]
    pub trees: Vec<String>,
    /// The edits.
    pub edit: Vec<Edit>,
}

/// A replacement in a file, wherever `find` occurs.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edit {
    file: Utf8PathBuf,
    find: String,
    replace: String,
}

/// All files of a folder below the root of the workspace, by name.
pub fn all(folder: &str) -> Vec<(String, Mutant)> {
    let folder = source().join(folder);
    let mut found: Vec<_> = folder
        .read_dir_utf8()
        .expect("the folder is readable")
        .map(|entry| entry.expect("the entry is readable").into_path())
        .map(|path| {
            let text = fs::read_to_string(&path).expect("the file is readable");
            let mutant = toml::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"));
            let name = path.file_stem().expect("the file has a name").to_owned();
            (name, mutant)
        })
        .collect();
    found.sort_by(|a: &(String, Mutant), b| a.0.cmp(&b.0));
    found
}

/// A trial of the test.
pub fn trial(name: String, test: impl FnOnce() -> anyhow::Result<()> + Send + 'static) -> Trial {
    Trial::test(name, || test().map_err(|error| format!("{error:#}").into()))
}

impl Mutant {
    /// Edits the files below a root.
    pub fn apply(&self, root: &Utf8Path) -> anyhow::Result<()> {
        self.edit.iter().try_for_each(|edit| edit.apply(root))
    }

    /// Whether the run is red for the claim.
    pub fn is_killed(&self, summary: &Summary) -> anyhow::Result<()> {
        let claims: BTreeSet<_> = summary
            .failures
            .iter()
            .map(|failure| &failure.claim)
            .collect();
        ensure!(
            claims.contains(&self.claim),
            "`{}` is not among the failed claims {claims:?}\n{:#?}\n{:#?}",
            self.claim,
            summary.failures.first(),
            summary.problems.first()
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

impl Edit {
    fn apply(&self, root: &Utf8Path) -> anyhow::Result<()> {
        let path = root.join(&self.file);
        let text = fs::read_to_string(&path).with_context(|| self.file.to_string())?;
        ensure!(
            text.contains(&self.find),
            "{} has no `{}`",
            self.file,
            self.find
        );
        fs::write(path, text.replace(&self.find, &self.replace))?;
        Ok(())
    }
}

/// Whether nothing is wrong in a run.
pub fn is_green(summary: &Summary) -> anyhow::Result<()> {
    ensure!(
        summary.is_green(),
        "{:#?}\n{:#?}",
        summary.failures,
        summary.problems
    );
    Ok(())
}

/// Lanes by their names.
pub fn lanes(names: &[impl AsRef<str>]) -> anyhow::Result<Vec<Lane>> {
    names
        .iter()
        .map(|name| {
            let found = known_lanes().find(|lane| lane.name() == name.as_ref());
            found.with_context(|| format!("there is no lane {}", name.as_ref()))
        })
        .collect()
}

/// The root of the workspace.
pub fn source() -> &'static Utf8Path {
    Utf8Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the package lies in the workspace")
}
