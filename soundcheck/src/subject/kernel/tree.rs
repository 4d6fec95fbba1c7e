//! A kernel tree: the sources, and the build directory with the bindings.
//!
//! Owns the search for both and the complaints about what is missing. Nothing
//! in a tree is ever written.

use std::fs;

use camino::Utf8Path;
use camino::Utf8PathBuf;

use super::features::allowed_features;
use crate::ground::problem::InputError;
use crate::ground::problem::Problem;

/// The sources of a kernel and a directory in which it was prepared for Rust.
#[derive(Clone, Debug)]
pub struct Tree {
    objtree: Utf8PathBuf,
    source: Utf8PathBuf,
    features: String,
}

/// What the preparation of a build leaves behind, below the build directory.
const PREPARED: &[&str] = &[
    "rust/bindings/bindings_generated.rs",
    "rust/bindings/bindings_helpers_generated.rs",
    "rust/uapi/uapi_generated.rs",
    CONFIGURATION,
];

/// The configuration as arguments of rustc, below the build directory.
const CONFIGURATION: &str = "include/generated/rustc_cfg";

/// The root of the kernel crate, below the sources.
const CRATE: &str = "rust/kernel/lib.rs";

impl Tree {
    /// Opens the tree with a build directory; its sources are those that the
    /// build directory names, unless others are given.
    ///
    /// # Errors
    ///
    /// There is no such tree, or it was not prepared for Rust and DRM.
    pub fn open(objtree: &Utf8Path, source: Option<&Utf8Path>) -> Result<Self, InputError> {
        let objtree = directory(objtree)?;
        let source = match source {
            Some(source) => directory(source)?,
            None => named_by(&objtree)?,
        };
        check(&objtree, &source)?;
        let features = allowed_features(&source).map_err(InputError::one)?;
        Ok(Self {
            objtree,
            source,
            features,
        })
    }

    /// The absolute path of the build directory.
    pub fn objtree(&self) -> &Utf8Path {
        &self.objtree
    }

    /// The absolute path of the sources.
    pub fn source(&self) -> &Utf8Path {
        &self.source
    }

    /// Whether the sources are those that the build directory names.
    pub fn has_usual_source(&self) -> bool {
        named_by(&self.objtree).is_ok_and(|source| source == self.source)
    }

    /// The configuration as arguments of rustc.
    pub fn configuration(&self) -> Utf8PathBuf {
        self.objtree.join(CONFIGURATION)
    }

    /// Whether an option such as `CONFIG_DRM` is set.
    pub fn is_set(&self, option: &str) -> bool {
        is_set(&self.objtree, option)
    }

    /// The features of the compiler that the kernel lets its drivers use,
    /// separated by commas.
    pub fn features(&self) -> &str {
        &self.features
    }
}

fn check(objtree: &Utf8Path, source: &Utf8Path) -> Result<(), InputError> {
    if !source.join(CRATE).is_file() {
        let what = format!("{source} has no {CRATE}");
        return refuse(what, "give --source the root of the kernel's sources");
    }
    let mut prepared = PREPARED.iter();
    if let Some(file) = prepared.find(|file| !objtree.join(file).is_file()) {
        let what = format!("{objtree} has no bindings: {file} is missing");
        return refuse(what, PREPARE);
    }
    if !is_set(objtree, "CONFIG_DRM") {
        let what = format!("{objtree} is configured without DRM");
        return refuse(what, "set CONFIG_DRM=y, and `make LLVM=1 prepare` again");
    }
    Ok(())
}

fn is_set(objtree: &Utf8Path, option: &str) -> bool {
    let configuration = fs::read_to_string(objtree.join(CONFIGURATION)).unwrap_or_default();
    let line = format!("--cfg={option}");
    configuration.lines().any(|set| set == line)
}

const PREPARE: &str =
    "`make LLVM=1 prepare` there with CONFIG_RUST and CONFIG_DRM, or ci/prepare-kernel-tree";

fn directory(path: &Utf8Path) -> Result<Utf8PathBuf, InputError> {
    match path.canonicalize_utf8() {
        Ok(path) if path.is_dir() => Ok(path),
        Ok(path) => refuse(format!("{path} is no directory"), "give a directory"),
        Err(error) => refuse(format!("{path}: {error}"), "give a directory that exists"),
    }
}

/// A build in the sources has them at hand; any other has a link to them.
fn named_by(objtree: &Utf8Path) -> Result<Utf8PathBuf, InputError> {
    let candidates = [objtree.to_owned(), objtree.join("source")];
    let mut found = candidates.iter().filter(|path| path.join(CRATE).is_file());
    match found.next() {
        Some(source) => directory(source),
        None => refuse(
            format!("{objtree} does not say where its sources are"),
            "give --source the root of the kernel's sources",
        ),
    }
}

fn refuse<T>(what: String, next: &str) -> Result<T, InputError> {
    Err(InputError::one(Problem::new(what, next)))
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    const RULES: &str = "scripts/Makefile.build";

    fn folder() -> (tempfile::TempDir, Utf8PathBuf) {
        let folder = tempfile::tempdir().expect("a temporary directory can be made");
        let path = Utf8PathBuf::try_from(folder.path().to_owned()).expect("it is UTF-8");
        (folder, path)
    }

    fn write(path: &Utf8Path, text: &str) {
        let folder = path.parent().expect("the file is in a folder");
        fs::create_dir_all(folder).expect("it can be made");
        fs::write(path, text).expect("it can be written");
    }

    /// Makes a folder a tree that is in order.
    pub(crate) fn prepared(root: &Utf8Path) {
        write(&root.join(CRATE), "");
        write(&root.join(RULES), "rust_allowed_features := asm_goto\n");
        for file in PREPARED {
            write(&root.join(file), "--cfg=CONFIG_DRM\n");
        }
    }

    fn complaint(result: Result<Tree, InputError>) -> String {
        result.expect_err("the tree is not in order").to_string()
    }

    #[test]
    fn a_build_in_the_sources_is_a_tree() {
        let (_folder, root) = folder();
        prepared(&root);
        let tree = Tree::open(&root, None).expect("the tree is in order");
        assert_eq!(tree.source(), tree.objtree());
        assert!(tree.has_usual_source());
    }

    #[test]
    fn a_tree_without_bindings_says_which_file_is_missing() {
        let (_folder, root) = folder();
        prepared(&root);
        fs::remove_file(root.join(PREPARED[0])).expect("it is there");
        let said = complaint(Tree::open(&root, None));
        assert!(said.contains(PREPARED[0]) && said.contains("make LLVM=1 prepare"));
    }

    #[test]
    fn a_build_directory_without_sources_asks_for_them() {
        let (_folder, root) = folder();
        let said = complaint(Tree::open(&root, None));
        assert!(said.contains("--source"), "{said}");
    }

    #[test]
    fn a_kernel_without_drm_is_refused() {
        let (_folder, root) = folder();
        prepared(&root);
        write(&root.join(CONFIGURATION), "--cfg=CONFIG_RUST\n");
        assert!(complaint(Tree::open(&root, None)).contains("without DRM"));
    }

    #[test]
    fn features_come_from_the_rules_of_the_build() {
        let (_folder, root) = folder();
        prepared(&root);
        let tree = Tree::open(&root, None).expect("the tree is in order");
        assert_eq!(tree.features(), "asm_goto");
        write(&root.join(RULES), "x := 1\n");
        assert!(complaint(Tree::open(&root, None)).contains("no `rust_allowed_features`"));
    }

    #[test]
    fn an_option_is_set_if_its_whole_name_is_in_the_configuration() {
        let (_folder, root) = folder();
        prepared(&root);
        let tree = Tree::open(&root, None).expect("the tree is in order");
        assert!(tree.is_set("CONFIG_DRM"));
        assert!(!tree.is_set("CONFIG_DR"));
    }
}
