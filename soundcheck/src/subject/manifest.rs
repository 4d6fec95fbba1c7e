//! `soundcheck.toml`: a subject as data.
//!
//! Owns the format: what is judged and how it is built, what its cases may
//! name, and where cases, contracts, claims and snapshots are. Every key is
//! explained in `docs/soundcheck-toml.md`; an unknown one is refused.

use std::collections::BTreeMap;
use std::fs;

use camino::Utf8Component;
use camino::Utf8Path;
use camino::Utf8PathBuf;
use serde::Deserialize;
use toml::Table;

use crate::ground::artifacts;
use crate::ground::artifacts::Manner;
use crate::ground::problem::InputError;
use crate::ground::problem::Problem;
use crate::judge::kind::Kind;
use crate::judge::places::CaseFolder;
use crate::judge::places::Places;
use crate::subject::chain;

pub use crate::ground::workspace::MANIFEST as FILE;

/// What the file of a subject says.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Manifest {
    // The file that it was read on top of, which is nobody's business any more.
    #[serde(rename = "extends")]
    _extends: Option<Utf8PathBuf>,
    /// The name by which cases say that they speak about it.
    pub name: String,
    /// What reports call it.
    pub title: Option<String>,
    /// The package under judgement.
    pub package: Option<String>,
    /// The name of its crate, if it is not that of the package.
    #[serde(rename = "crate")]
    pub krate: Option<String>,
    /// Its features.
    #[serde(default)]
    pub features: Vec<String>,
    /// Whether its default features are on.
    #[serde(default = "yes")]
    pub default_features: bool,
    /// Packages that are built beside it for the sake of cases.
    #[serde(default)]
    pub helpers: Vec<String>,
    /// The crates that cases may name; by default the package and its helpers.
    #[serde(default)]
    pub externs: Vec<String>,
    /// What every generated crate root says first.
    #[serde(default)]
    pub prelude: String,
    /// Words that make a case need another word, which the prelude would lend
    /// it in a batch and not alone: one that lacks it is judged alone.
    #[serde(default)]
    pub needs: BTreeMap<String, String>,
    /// Names of the configuration that cases ask for, beside `twin`.
    #[serde(default)]
    pub cfgs: Vec<String>,
    /// Whether cases need nothing of `std`.
    #[serde(default)]
    pub no_std: bool,
    /// The file with the claims.
    pub claims: Option<Utf8PathBuf>,
    /// The file that says what may be done in which state.
    pub contract: Option<Utf8PathBuf>,
    /// The folder of snapshots, with a folder for each toolchain.
    pub snapshots: Option<Utf8PathBuf>,
    /// The folder with lists of public items that somebody has read.
    pub surface: Option<Utf8PathBuf>,
    /// The package whose test compares a `.stderr` beside each case.
    pub trybuild: Option<String>,
    /// Folders with sources that assert claims while they are built.
    #[serde(default)]
    pub assertions: Vec<Utf8PathBuf>,
    /// The subject whose drivers compile over this one too.
    pub follows: Option<String>,
    /// The folder of other subjects that the same cases may speak about.
    pub subjects: Option<Utf8PathBuf>,
    /// Where cases are.
    #[serde(default)]
    pub cases: Vec<Cases>,
    /// What programs are linked to.
    pub stub: Option<Stub>,
    /// What is mutated, and what is known about mutants.
    #[serde(default)]
    pub mutants: Mutants,
    /// How trees of this subject are recognised, if it is a kernel.
    pub kernel: Option<Recognition>,
    /// The crates of a kernel, after those that each needs.
    #[serde(default, rename = "crates")]
    pub crates: Vec<Crate>,
}

/// A folder of cases.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Cases {
    /// The folder, below the root.
    pub folder: Utf8PathBuf,
    /// What its cases are for.
    pub kind: Kind,
}

/// What programs are linked to.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Stub {
    /// Its package.
    pub package: String,
    /// The name of its crate.
    #[serde(rename = "crate")]
    pub name: String,
    /// The crates that it names itself, where cargo does not build it.
    #[serde(default)]
    pub libraries: Vec<String>,
    /// The path of the function that takes a table of programs and runs one.
    pub runner: String,
    /// An expression that turns the error of a program into a number.
    pub errno: String,
}

/// What is mutated, and what is known about mutants.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Mutants {
    /// Files and folders whose code is mutated: below the root, or below the
    /// sources of a kernel.
    pub sources: Vec<Utf8PathBuf>,
    /// The folder of mutants that somebody wrote, below the root.
    pub by_hand: Option<Utf8PathBuf>,
    /// The file with the mutants that no safe program can tell.
    pub waivers: Option<Utf8PathBuf>,
    /// The file with the mutants that cases notice.
    pub causes: Option<Utf8PathBuf>,
}

/// What a tree declares about the contexts of a device.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Recognition {
    /// The file, below the source tree, that declares them.
    pub file: Utf8PathBuf,
    /// The trait that contexts implement.
    #[serde(rename = "trait")]
    pub trait_name: String,
    /// The context that a device has if none is written.
    pub default: String,
    /// All contexts.
    pub contexts: std::collections::BTreeSet<String>,
    /// The folder of the helpers that its cases share, below the root.
    pub helpers: Utf8PathBuf,
}

/// A crate of a kernel and how it is compiled.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Crate {
    /// The name.
    pub name: String,
    /// Where its sources are.
    #[serde(default)]
    pub place: Place,
    /// The folder or the only file with its sources, below that place.
    pub sources: Utf8PathBuf,
    /// The root file, below the sources; empty if they are one file.
    #[serde(default = "lib_rs")]
    pub root: String,
    /// What it is compiled to.
    #[serde(default)]
    pub kind: CrateKind,
    /// The crates that it names.
    #[serde(default)]
    pub needs: Vec<String>,
    /// Flags of its own.
    #[serde(default)]
    pub flags: Vec<String>,
    /// Variables of its own.
    #[serde(default)]
    pub variables: BTreeMap<String, String>,
    /// Files of the build directory that it includes.
    #[serde(default)]
    pub generated: Vec<Utf8PathBuf>,
    /// Whether optimisation and the order of fields are looked at in it. What
    /// is below such a crate is not compiled again for that.
    #[serde(default)]
    pub flavors: bool,
    /// Whether trees may come without it.
    #[serde(default)]
    pub optional: bool,
}

/// Where the sources of a crate are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// Below `rust/` of the tree.
    #[default]
    Kernel,
    /// Below the root of the workspace.
    Workspace,
    /// In the folder of the helpers of the generation.
    Helpers,
}

/// What a crate is compiled to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CrateKind {
    /// A library that procedural macros are made of.
    Host,
    /// Procedural macros.
    Macros,
    /// A library that is configured like the kernel.
    #[default]
    Kernel,
    /// A library of the workspace.
    Library,
}

impl Manifest {
    /// Reads the manifest at the root of a workspace.
    ///
    /// # Errors
    ///
    /// It cannot be read, or says something that nobody understands.
    pub fn open(root: &Utf8Path) -> Result<Self, InputError> {
        let own: Self = chain::read(root, Utf8Path::new(FILE)).map_err(InputError::one)?;
        let problems = own.misplaced(root);
        match problems.is_empty() {
            true => Ok(own),
            false => Err(InputError(problems)),
        }
    }

    /// Whether there is something to judge, and something to judge it by.
    ///
    /// # Errors
    ///
    /// There is not.
    pub fn judges_something(&self) -> Result<(), Problem> {
        let complain = |what: &str, next: &str| {
            let problem = Problem::new(what, next);
            Err(problem.in_file(Utf8Path::new(FILE)))
        };
        if self.package.is_none() {
            let next = "name the package under judgement, as in `package = \"locks\"`";
            return complain("names no package", next);
        }
        if self.cases.is_empty() && self.contract.is_none() {
            let next = "add `[[cases]]` with a `folder` and a `kind`";
            return complain("names no folder of cases", next);
        }
        Ok(())
    }

    /// What is wrong with the folders of its cases.
    fn misplaced(&self, root: &Utf8Path) -> Vec<Problem> {
        let text = fs::read_to_string(root.join(FILE)).unwrap_or_default();
        let mut problems = Vec::new();
        for (nth, cases) in self.cases.iter().enumerate() {
            if let Some((what, next)) = cases.fault(root, self.around(nth)) {
                let before = self.cases.iter().take(nth);
                let namesakes = before.filter(|other| other.folder == cases.folder);
                let name = format!("\"{}\"", cases.folder);
                let lines = text.lines().enumerate();
                let mut lines =
                    lines.filter(|(_, line)| line.contains("folder") && line.contains(&name));
                let line = lines.nth(namesakes.count()).map(|(index, _)| index + 1);
                let problem = Problem::new(what, next);
                problems.push(Problem { line, ..problem }.in_file(Utf8Path::new(FILE)));
            }
        }
        problems
    }

    /// The folder of cases in which another one lies. Of two with the same name,
    /// the second is one too many.
    fn around(&self, nth: usize) -> Option<&Cases> {
        let folder = &self.cases.get(nth)?.folder;
        let others = self.cases.iter().enumerate();
        let mut around = others.filter(|(other, cases)| match cases.folder == *folder {
            true => *other < nth,
            false => folder.starts_with(&cases.folder),
        });
        around.next().map(|(_, cases)| cases)
    }

    /// Reads the other subjects of a workspace, in the order of their names.
    /// What only serves to be extended has no name.
    ///
    /// # Errors
    ///
    /// One of them cannot be read.
    pub fn others(&self, root: &Utf8Path) -> Result<Vec<Self>, InputError> {
        let mut others: Vec<Self> = Vec::new();
        let folder = self.subjects.as_ref().map(|folder| root.join(folder));
        let entries = folder.and_then(|folder| folder.read_dir_utf8().ok());
        for entry in entries.into_iter().flatten().flatten() {
            let path = entry.path().strip_prefix(root).unwrap_or(entry.path());
            if path.extension() == Some("toml") && is_named(entry.path()) {
                others.push(chain::read(root, path).map_err(InputError::one)?);
            }
        }
        others.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(others)
    }

    /// What reports call it.
    pub fn title(&self) -> &str {
        self.title.as_deref().unwrap_or(&self.name)
    }

    /// The name of the crate under judgement.
    pub fn crate_name(&self) -> String {
        let package = self.package.as_deref().unwrap_or_default();
        self.krate
            .clone()
            .unwrap_or_else(|| package.replace('-', "_"))
    }

    /// Whether cases may name a crate.
    pub fn is_extern(&self, name: &str) -> bool {
        let is_it = |known: &String| known.replace('-', "_") == name;
        match self.externs.is_empty() {
            true => {
                name == self.crate_name() || self.helpers.iter().any(is_it) || self.is_stub(name)
            }
            false => self.externs.iter().any(is_it) || self.is_stub(name),
        }
    }

    fn is_stub(&self, name: &str) -> bool {
        self.stub.as_ref().is_some_and(|stub| stub.name == name)
    }

    /// How its cases are compiled and linked.
    pub fn manner(&self) -> Manner {
        Manner {
            is_no_std: self.no_std,
            dead_code: true,
            prelude: self.prelude.clone(),
            cfgs: self.cfgs.clone(),
            stub: self.stub.as_ref().map(|stub| artifacts::Stub {
                name: stub.name.clone(),
                runner: stub.runner.clone(),
                errno: stub.errno.clone(),
            }),
            ..Manner::default()
        }
    }

    /// Where everything is that is judged, and which names cases may know.
    pub fn places(&self, others: &[Self]) -> Places {
        let others = others.iter().map(|other| other.name.clone());
        Places {
            name: self.name.clone(),
            subjects: std::iter::once(self.name.clone()).chain(others).collect(),
            claims: self.claims.clone(),
            snapshots: self.snapshots.clone(),
            trybuild: self.trybuild.clone(),
            assertions: self.assertions.clone(),
            no_std: self.no_std,
            needs: self.needs.clone().into_iter().collect(),
            cases: self.cases.iter().map(Cases::place).collect(),
        }
    }
}

impl Cases {
    fn place(&self) -> CaseFolder {
        CaseFolder {
            folder: self.folder.clone(),
            kind: self.kind,
        }
    }

    /// What is wrong with it, and what to do, if it lies in another one.
    fn fault(&self, root: &Utf8Path, around: Option<&Self>) -> Option<(String, &'static str)> {
        let folder = &self.folder;
        let is_name = |part| matches!(part, Utf8Component::Normal(_));
        if folder.as_str().is_empty() || !folder.components().all(is_name) {
            let what = format!("`{folder}` is no folder below this file");
            return Some((what, "name one by its path from here"));
        }
        if let Some(Self { folder: around, .. }) = around {
            let what = format!("`{folder}` is in `{around}`, whose cases have a kind already");
            return Some((what, "give each kind a folder of its own"));
        }
        let what = || format!("there is no folder `{folder}`");
        let next = "correct the path, or make the folder and put a case into it";
        (!root.join(folder).is_dir()).then(|| (what(), next))
    }
}

fn yes() -> bool {
    true
}

fn lib_rs() -> String {
    "lib.rs".to_owned()
}

/// Whether the file of a subject is one, and not only there to be extended.
fn is_named(path: &Utf8Path) -> bool {
    let text = fs::read_to_string(path).unwrap_or_default();
    // A file with a mistake is complained about when it is read.
    text.parse::<Table>()
        .map_or(true, |table| table.contains_key("name"))
}

#[cfg(test)]
#[path = "manifest_tests.rs"]
mod tests;
