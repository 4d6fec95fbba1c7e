//! The surface lane: what becomes public, or becomes public in another way, is
//! red until somebody has read it.

use std::process::Command;

use crate::tree::Run;
use crate::tree::Tree;

const API: &str = "api/src/lib.rs";

/// A tree whose public items somebody has read.
fn tree() -> Tree {
    let tree = Tree::new();
    let keys = "snapshots = \"snapshots/diagnostics\"\nsurface = \"snapshots/surface\"";
    let old = "snapshots = \"snapshots/diagnostics\"";
    tree.edit("soundcheck.toml", old, keys);
    judge(&tree).is_red(&[
        "FAILED surface surface/api",
        "new: drm::Device::touch | pub fn touch",
    ]);
    bless(&tree);
    judge(&tree).is_green();
    tree
}

fn judge(tree: &Tree) -> Run {
    tree.run(&["--lane", "surface"])
}

fn bless(tree: &Tree) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_soundcheck"));
    let (root, target) = (tree.root(), tree.target());
    let place = ["--root", root.as_str(), "--target-dir", target.as_str()];
    let run = Run::of(command.args(place).args(["bless", "surface/api"]));
    run.is_green();
    assert!(run.stdout.contains("snapshots/surface/api.txt"), "{run:?}");
}

/// Edits the API, requires a line about it, and undoes the edit.
fn tells(tree: &Tree, from: &str, to: &str, lines: &[&str]) {
    tree.edit(API, from, to);
    judge(tree).is_red(&["FAILED surface surface/api"]);
    judge(tree).is_red(lines);
    tree.edit(API, to, from);
}

#[test]
fn what_nobody_has_read_is_red() {
    let tree = tree();
    let method = "        /// Uses the device.\n        pub fn touch(&self)";
    let more =
        format!("        /// Frees the device.\n        pub fn free(&self) {{}}\n\n{method}");
    tells(
        &tree,
        method,
        &more,
        &["new: drm::Device::free | pub fn free(&self); impl<C> Device<C> ["],
    );
    let lines = [
        "was: drm::Device::touch | pub fn touch(&self);",
        "now: drm::Device::touch | pub unsafe fn touch(&self);",
    ];
    tells(
        &tree,
        "pub fn touch(&self)",
        "pub unsafe fn touch(&self)",
        &lines,
    );
    let line = ["gone: drm::Token::secret | pub fn secret(&self) -> u8;"];
    tells(&tree, "pub fn secret(", "pub(crate) fn secret(", &line);
    tells(
        &tree,
        "        secret: u8,",
        "        pub secret: u8,",
        &["new: drm::Token.secret | pub secret: u8"],
    );
    judge(&tree).is_green();
}

#[test]
fn what_is_implemented_counts_and_so_does_what_crosses_threads() {
    let tree = tree();
    let normal = "    pub struct Normal;\n";
    let reference = format!("{normal}    impl From<&Normal> for Ioctl {{ fn from(_: &Normal) -> Self {{ Self }} }}\n    impl core::ops::Not for &Normal {{ type Output = (); fn not(self) {{}} }}\n");
    tells(
        &tree,
        normal,
        &reference,
        &[
            "new: drm::Ioctl: From<&Normal> |",
            "new: &drm::Normal: Not |",
        ],
    );
    let derived = "    #[derive(Clone)]\n    pub struct Normal;\n";
    tells(
        &tree,
        normal,
        derived,
        &["new: drm::Normal: Clone | #[derive(Clone)]"],
    );
    let lines = ["gone: drm::Guard: !Send |", "new: drm::Guard: Send |"];
    tells(
        &tree,
        "PhantomData<(&'a (), *mut ())>",
        "PhantomData<&'a ()>",
        &lines,
    );
}

#[test]
fn without_a_record_there_is_no_such_lane() {
    let tree = Tree::new();
    let run = judge(&tree);
    assert!(
        run.stderr.contains("names no folder of surfaces"),
        "{run:?}"
    );
}
