//! The kernel crate of a kernel tree, as something that can be judged.
//!
//! Owns the tree, which generation of the API is in it, and what is built of it
//! in userspace. The lanes see crates to link, like those of the workspace.

mod build;
mod crates;
mod features;
mod generation;
mod store;
mod tree;

use std::collections::BTreeSet;

use rayon::prelude::*;

pub use generation::Generation;
pub use generation::Surroundings;
pub use tree::Tree;

#[cfg(test)]
pub(crate) use tree::tests::prepared;

use crate::options::KernelOptions;
use crate::toolchain::Artifacts;
use crate::toolchain::BuildError;
use crate::toolchain::Flavor;
use crate::toolchain::Toolchain;
use crate::workspace::Workspace;
use build::Builder;
use crates::STUB;

/// A kernel tree with its generation.
#[derive(Clone, Debug)]
pub struct Kernel {
    /// The tree.
    pub tree: Tree,
    /// Which API is in it.
    pub generation: Generation,
}

impl Kernel {
    /// Opens a tree and finds its generation.
    ///
    /// # Errors
    ///
    /// There is no such tree, or no contract for it.
    pub fn open(workspace: &Workspace, options: &KernelOptions) -> anyhow::Result<Self> {
        let tree = Tree::open(&options.objtree, options.source.as_deref())?;
        let name = options.generation.as_deref();
        let generation = Generation::of(workspace.root(), &tree, name)?;
        Ok(Self { tree, generation })
    }

    /// Builds the kernel crate, the helpers of its cases and, if wanted, the
    /// stub. What was compiled before from the same sources is not compiled
    /// again.
    ///
    /// # Errors
    ///
    /// A crate is refused, or rustc cannot be run.
    pub fn build(
        &self,
        toolchain: &Toolchain,
        workspace: &Workspace,
        flavor: Flavor,
        stub: bool,
    ) -> Result<Artifacts, BuildError> {
        // The stub's own dependencies come from the workspace.
        let ours = match stub {
            true => toolchain.build(workspace, flavor.of_stub(), true)?,
            false => Artifacts::default(),
        };
        let builder = Builder::new(self, toolchain, workspace, flavor, ours);
        let builder = builder.map_err(BuildError::Failed)?;
        let built = builder.all(stub)?;
        builder.sweep();
        Ok(builder.artifacts(&built))
    }

    /// Compiles the crates of several flavors at once. What goes wrong is said
    /// when one of them is built.
    pub fn prepare(
        &self,
        toolchain: &Toolchain,
        workspace: &Workspace,
        flavors: &BTreeSet<Flavor>,
    ) {
        if flavors.len() < 2 {
            return;
        }
        let builder =
            |flavor| Builder::new(self, toolchain, workspace, flavor, Artifacts::default());
        // What all flavors share comes first, or each would compile it.
        let shared = builder(Flavor::Debug)
            .map(|builder| builder.some(|krate| !krate.has_flavors && krate.name != STUB));
        drop(shared);
        flavors.par_iter().for_each(|flavor| {
            drop(builder(*flavor).map(|builder| builder.all(false)));
        });
    }

    /// What rustdoc says about the kernel crate, as JSON.
    ///
    /// # Errors
    ///
    /// A crate is refused, or a tool cannot be run.
    pub fn document(&self, toolchain: &Toolchain, workspace: &Workspace) -> anyhow::Result<String> {
        let ours = Artifacts::default();
        Builder::new(self, toolchain, workspace, Flavor::Debug, ours)?.document()
    }

    /// The flags that a case, like a driver of the kernel, is compiled with.
    fn options(&self) -> Vec<String> {
        vec![
            "--cfg=kernel_tree".to_owned(),
            format!("-Zcrate-attr=feature({})", self.tree.features()),
        ]
    }
}
