//! The call of rustc for a driver: what it is given by the kernel's build, over the kernel crate
//! of its tree or over the API here.
//!
//! Owns the crates that a driver may name.

use std::process::Command;

use camino::Utf8Path;

use crate::ground::compiler::Compilation;
use crate::ground::compiler::Compiler;
use crate::ground::process;
use crate::subject::drivers::driver::Driver;
use crate::subject::kernel::Tree;

/// The crates that the kernel's build gives to a driver; a tree may come without the last two.
const OF_KERNEL: &[(&str, &str)] = &[
    ("kernel", "kernel"),
    ("pin_init", "pin_init"),
    ("zerocopy", "zerocopy"),
    ("zerocopy_derive", "zerocopy_derive"),
];

/// The same over the API here, whose macros name `pinned_init`.
const OF_API: &[(&str, &str)] = &[
    ("kernel", "kernel"),
    ("pin_init", "pinned_init"),
    ("pinned_init", "pinned_init"),
];

/// Compiles a driver of a tree over the crates of a compiler, as a library below `output`.
///
/// # Errors
///
/// rustc cannot be run.
pub fn compile(
    compiler: Compiler<'_>,
    driver: &Driver,
    tree: &Tree,
    output: &Utf8Path,
) -> anyhow::Result<Compilation> {
    let mut command = Command::new(&compiler.toolchain.rustc);
    command
        .current_dir(compiler.workspace.root())
        .arg(tree.source().join(&driver.root))
        .args(driver.arguments(tree.features()))
        .args(["--error-format=json", "--cap-lints=allow"])
        .args(["--target", &compiler.toolchain.host])
        // What is said about a driver is the same wherever its tree lies.
        .arg(format!("--remap-path-prefix={}/=", tree.source()))
        .args(compiler.flavor.flags())
        .arg("--out-dir")
        .arg(output)
        .envs(driver.environment())
        .env("RUSTC_ICE", "0");
    if compiler.artifacts.manner.is_unstable {
        command
            .arg(format!("@{}", tree.configuration()))
            .env("OBJTREE", tree.objtree());
    }
    add_crates(&mut command, compiler);
    compiler.call(command, process::Limits::BUILD.time)
}

fn add_crates(command: &mut Command, compiler: Compiler<'_>) {
    let crates = match compiler.artifacts.manner.is_unstable {
        true => OF_KERNEL,
        false => OF_API,
    };
    for (name, ours) in crates {
        if let Some(file) = compiler.artifacts.externs.get(*ours) {
            command.arg("--extern").arg(format!("{name}={file}"));
        }
    }
    for folder in &compiler.artifacts.dependencies {
        command.arg("-L").arg(format!("dependency={folder}"));
    }
}
