//! The crates of a kernel tree, in all flavors that a run needs.
//!
//! Owns the order of builds: what flavors share comes first. How one crate is
//! compiled is in `build`.

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::ground::artifacts::Artifacts;
use crate::ground::artifacts::BuildError;
use crate::ground::flavor::Flavor;
use crate::judge::subject::Build as _;
use crate::subject::cargo::Package;
use crate::subject::kernel::build::Builder;
use crate::subject::kernel::opened::Kernel;

/// Builds the kernel crate, the helpers of its cases and, if wanted, the
/// stub, whose own dependencies come from the package of the workspace.
/// What was compiled before from the same sources is not compiled again.
///
/// # Errors
///
/// A crate is refused, or rustc cannot be run.
pub fn build(
    kernel: &Kernel,
    package: &Package<'_>,
    flavor: Flavor,
    stub: bool,
) -> Result<Artifacts, BuildError> {
    let ours = match stub {
        true => package.build(flavor.of_stub(), true)?,
        false => Artifacts::default(),
    };
    let builder = Builder::new(kernel, package, flavor, ours).map_err(BuildError::Failed)?;
    let built = builder.all(stub)?;
    builder.sweep();
    Ok(builder.artifacts(&built))
}

/// Builds the same, of which nothing can be linked, in less time.
///
/// # Errors
///
/// A crate is refused, or rustc cannot be run.
pub fn build_unlinked(
    kernel: &Kernel,
    package: &Package<'_>,
    flavor: Flavor,
) -> Result<Artifacts, BuildError> {
    let builder = Builder::new(kernel, package, flavor, Artifacts::default());
    let builder = builder.map_err(BuildError::Failed)?.unlinked();
    let built = builder.all(false)?;
    Ok(builder.artifacts(&built))
}

/// Compiles the crates of several flavors at once. What goes wrong is said
/// when one of them is built.
pub fn prepare(kernel: &Kernel, package: &Package<'_>, flavors: &BTreeSet<Flavor>) {
    if flavors.len() < 2 {
        return;
    }
    let builder = |flavor| Builder::new(kernel, package, flavor, Artifacts::default());
    // What all flavors share comes first, or each would compile it.
    let shared = builder(Flavor::Debug)
        .map(|builder| builder.some(|krate| !krate.flavors && !builder.is_stub(&krate.name)));
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
pub fn document(kernel: &Kernel, package: &Package<'_>) -> anyhow::Result<String> {
    Builder::new(kernel, package, Flavor::Debug, Artifacts::default())?.document()
}
