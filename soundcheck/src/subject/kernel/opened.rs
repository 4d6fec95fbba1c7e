//! A kernel tree with the subject that fits it.
//!
//! Owns how whatever is compiled over it is compiled.

use std::collections::BTreeMap;

use crate::ground::artifacts::Manner;
use crate::ground::problem::InputError;
use crate::subject::kernel::generation;
use crate::subject::kernel::options::KernelOptions;
use crate::subject::kernel::tree::Tree;
use crate::subject::manifest::Manifest;

/// A kernel tree with its generation.
#[derive(Clone, Debug)]
pub struct Kernel {
    /// The tree.
    pub tree: Tree,
    /// The subject that is in it.
    pub manifest: Manifest,
}

impl Kernel {
    /// Opens a tree and finds out which of the known subjects is in it.
    ///
    /// # Errors
    ///
    /// There is no such tree, or no subject that fits it.
    pub fn open(known: Vec<Manifest>, options: &KernelOptions) -> Result<Self, InputError> {
        let tree = Tree::open(&options.objtree, options.source.as_deref())?;
        let manifest = generation::recognise(known, &tree, options.generation.as_deref())?;
        Ok(Self { tree, manifest })
    }

    /// How a case, like a driver of the kernel, is compiled over it.
    pub fn manner(&self) -> Manner {
        let name = ("RUST_MODFILE".to_owned(), "case".to_owned());
        Manner {
            flags: self.flags(),
            // The kernel's build names the module of a driver.
            environment: BTreeMap::from([name]),
            is_unstable: true,
            // The stub has only those symbols of a kernel that programs reach.
            dead_code: false,
            ..self.manifest.manner()
        }
    }

    /// The flags of everything that is compiled over it.
    pub fn flags(&self) -> Vec<String> {
        vec![
            "--cfg=kernel_tree".to_owned(),
            format!("-Zcrate-attr=feature({})", self.tree.features()),
        ]
    }
}
