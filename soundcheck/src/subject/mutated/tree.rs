//! The kernel crate of a tree, with an edit.
//!
//! Owns what is copied of a tree, and what becomes of the crates: those of a
//! mutant are removed again, and all others are the ones that every run uses.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fs;
use std::sync::Mutex;
use std::sync::MutexGuard;

use anyhow::Context as _;
use camino::Utf8Path;
use camino::Utf8PathBuf;

use crate::ground::artifacts::Artifacts;
use crate::ground::artifacts::BuildError;
use crate::ground::diagnostic::Diagnostic;
use crate::ground::flavor::Flavor;
use crate::judge::subject::Build;
use crate::subject::kernel;
use crate::subject::kernel::Kernel;
use crate::subject::kernel::Tree;
use crate::subject::mutated::attempt::Attempt;
use crate::subject::mutated::attempt::Whose;
use crate::subject::mutated::copy::Copy;
use crate::subject::target::AtHand;
use crate::subject::target::Target;

/// The folders of a tree that its kernel crate and the rules for it are in.
const NEEDED: [&str; 2] = ["rust", "scripts"];

/// A tree without any edit, and its crates, flavor by flavor.
pub struct Original<'a> {
    at_hand: AtHand<'a>,
    kernel: &'a Kernel,
    done: Mutex<BTreeMap<Flavor, Artifacts>>,
}

impl<'a> Original<'a> {
    /// Nothing is built yet.
    pub fn new(at_hand: AtHand<'a>, kernel: &'a Kernel) -> Self {
        Self {
            at_hand,
            kernel,
            done: Mutex::default(),
        }
    }

    /// The crates of a flavor.
    ///
    /// # Errors
    ///
    /// A crate is refused, or nothing can be built.
    pub fn of(&self, flavor: Flavor) -> Result<Artifacts, BuildError> {
        let mut done = lock(&self.done);
        if let Some(known) = done.get(&flavor) {
            return Ok(known.clone());
        }
        let built = self.at_hand.build(flavor, true)?;
        done.insert(flavor, built.clone());
        Ok(built)
    }

    /// A copy of the tree, as far as it is needed.
    ///
    /// # Errors
    ///
    /// Something cannot be copied.
    pub fn copy(&self, to: Utf8PathBuf) -> anyhow::Result<(Copy, Target)> {
        let tree = &self.kernel.tree;
        let folders = NEEDED.map(Utf8PathBuf::from);
        let copy = Copy::new(tree.source(), &folders, to)?;
        let opened = Tree::open(tree.objtree(), Some(copy.root()));
        let kernel = Kernel {
            tree: opened.context("the copy of the tree cannot be opened")?,
            manifest: self.kernel.manifest.clone(),
        };
        let target = Target {
            kernel: Some(kernel),
            ..self.at_hand.target.clone()
        };
        Ok((copy, target))
    }
}

/// A tree with an edit, which is in a copy.
pub struct MutatedTree<'a> {
    original: &'a Original<'a>,
    target: &'a Target,
    links: bool,
    made: Mutex<BTreeSet<Utf8PathBuf>>,
}

impl<'a> MutatedTree<'a> {
    /// Nothing is built yet.
    pub fn new(original: &'a Original<'a>, target: &'a Target, links: bool) -> Self {
        Self {
            original,
            target,
            links,
            made: Mutex::default(),
        }
    }
}

impl Build for MutatedTree<'_> {
    fn build(&self, flavor: Flavor, stub: bool) -> Result<Artifacts, BuildError> {
        let before = self.original.of(flavor)?;
        let at_hand = AtHand {
            target: self.target,
            ..self.original.at_hand
        };
        let built = match (&self.target.kernel, self.links) {
            (Some(kernel), false) => {
                kernel::build_unlinked(kernel, &self.original.at_hand.package(), flavor)
            }
            _ => at_hand.build(flavor, stub),
        };
        let mut built = built?;
        let made = built.dependencies.difference(&before.dependencies);
        lock(&self.made).extend(made.cloned());
        built.manner.flags.push("-Cdebuginfo=0".to_owned());
        Ok(built)
    }
}

impl Attempt for MutatedTree<'_> {
    /// All under judgement is one crate; the paths that rustc names begin at
    /// the tree.
    fn whose(&self, errors: &[Diagnostic], _judged: &[Utf8PathBuf]) -> Whose {
        let places = errors.iter().take(1).flat_map(|error| &error.places[0]);
        let mut files = places.map(|place| place.file.as_path());
        let is_of_kernel = |file: &Utf8Path| {
            let kernel = self.target.kernel.as_ref();
            let source = kernel.map(|kernel| kernel.tree.source());
            file.starts_with("rust") || source.is_some_and(|source| file.starts_with(source))
        };
        match files.any(is_of_kernel) {
            true => Whose::Edited,
            false => Whose::Helper,
        }
    }

    fn is_late(&self) -> bool {
        false
    }
}

impl Drop for MutatedTree<'_> {
    fn drop(&mut self) {
        for folder in lock(&self.made).iter() {
            // What cannot be removed is removed with age.
            drop(fs::remove_dir_all(folder));
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex
        .lock()
        .unwrap_or_else(|poisoned| poisoned.into_inner())
}
