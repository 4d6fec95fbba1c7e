//! Edits of real kernel trees that must turn a run red and name the right claim.
//!
//! `SOUNDCHECK_KERNELS` names a folder with prepared trees (`linux-7.3/build`
//! and so on); without it, the trials are ignored. Each file in `mutants/kernel/` is
//! applied to a copy of a tree's sources; the tree itself is never touched.

mod copy;
mod mutant;

use std::fs;

use anyhow::Context;
use camino::Utf8Path;
use camino::Utf8PathBuf;
use libtest_mimic::Arguments;
use libtest_mimic::Trial;
use soundcheck::judge::event::Summary;
use soundcheck::subject::kernel::Tree;
use soundcheck::CheckOptions;
use soundcheck::KernelOptions;
use soundcheck::Terms;

use copy::copy_tree;
use mutant::lanes;
use mutant::source;
use mutant::trial;
use mutant::Mutant;

/// What of a tree the kernel crate and its rules are in.
const NEEDED: &[&str] = &["rust", "scripts/Makefile.build"];

fn main() {
    let mut arguments = Arguments::from_args();
    // The trials share one copy of each tree.
    arguments.test_threads = Some(1);
    let kernels = std::env::var("SOUNDCHECK_KERNELS")
        .ok()
        .map(Utf8PathBuf::from);
    if kernels.is_none() {
        println!("SOUNDCHECK_KERNELS names no folder with prepared kernel trees: ignored");
    }
    let trials = mutants()
        .into_iter()
        .map(|(name, tree, mutant)| planted(name, kernels.clone(), tree, mutant))
        .collect();
    libtest_mimic::run(&arguments, trials).exit();
}

/// Each mutant in each of its trees.
fn mutants() -> Vec<(String, String, Mutant)> {
    let all = mutant::all("soundcheck/tests/mutants/kernel").into_iter();
    all.flat_map(|(name, mutant)| {
        let trees = mutant.trees.clone().into_iter();
        trees.map(move |tree| (name.clone(), tree, mutant.clone()))
    })
    .collect()
}

/// Without the mutant the same cases must be green, so that red means the
/// mutant.
fn planted(name: String, kernels: Option<Utf8PathBuf>, tree: String, mutant: Mutant) -> Trial {
    let place = kernels.map(|kernels| kernels.join(&tree));
    let is_there = place
        .as_ref()
        .is_some_and(|place| place.join("build").is_dir());
    let test = trial(format!("{tree}/{name}"), move || {
        let place = place.context("there is no such tree")?;
        let copy = Copy::fresh(&place, &tree)?;
        mutant::is_green(&copy.judge(&mutant)?)?;
        mutant.apply(&copy.source)?;
        mutant.is_killed(&copy.judge(&mutant)?)
    });
    test.with_ignored_flag(!is_there)
}

/// A copy of the sources of a tree.
struct Copy {
    objtree: Utf8PathBuf,
    source: Utf8PathBuf,
}

impl Copy {
    fn fresh(place: &Utf8Path, name: &str) -> anyhow::Result<Self> {
        let tree = Tree::open(&place.join("build"), None)?;
        let copy = Self {
            objtree: tree.objtree().to_owned(),
            source: Utf8Path::new(env!("CARGO_TARGET_TMPDIR"))
                .join("kernel-mutants")
                .join(name),
        };
        for part in NEEDED {
            let (from, to) = (tree.source().join(part), copy.source.join(part));
            match from.is_dir() {
                true => copy_tree(&from, &to)?,
                false => {
                    fs::create_dir_all(to.parent().context("a file is in a folder")?)?;
                    fs::copy(&from, &to).with_context(|| from.to_string())?;
                }
            }
        }
        Ok(copy)
    }

    fn judge(&self, mutant: &Mutant) -> anyhow::Result<Summary> {
        let options = CheckOptions {
            root: Some(source().to_owned()),
            target_dir: Some(
                Utf8PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("kernel-mutants-target"),
            ),
            filters: mutant.cases.clone(),
            lanes: lanes(&mutant.lanes)?,
            terms: Terms {
                address_sanitizer: mutant.address_sanitizer,
                ..Terms::default()
            },
            kernel: Some(KernelOptions {
                objtree: self.objtree.clone(),
                source: Some(self.source.clone()),
                generation: None,
            }),
            ..CheckOptions::default()
        };
        soundcheck::check(&options, &mut [])
    }
}
