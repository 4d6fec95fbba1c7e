//! Which kernel a review is about: a source tree, and the build directory with
//! its bindings.
//!
//! Owns what `--tree` and `--kernel` may name. One directory is enough where it
//! was built in, or where it is a build directory that names its source.

use camino::Utf8Path;
use camino::Utf8PathBuf;

use crate::problem::InputError;
use crate::problem::Problem;

/// The bindings, below a build directory.
const BINDINGS: &str = "rust/bindings/bindings_generated.rs";

/// What every source tree with the API has.
const API: &str = "rust/kernel/drm";

/// How a build directory names its source.
const SOURCE: &str = "source";

/// How to get a build directory.
const PREPARE: &str = "give --kernel its build directory; ci/prepare-kernel-tree makes one";

/// A kernel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tree {
    /// The source tree.
    pub source: Utf8PathBuf,
    /// The build directory.
    pub objtree: Utf8PathBuf,
}

impl Tree {
    /// Finds the two.
    ///
    /// # Errors
    ///
    /// One line about which of them is not there.
    pub fn open(given: &Utf8Path, objtree: Option<&Utf8Path>) -> Result<Self, InputError> {
        let problem = |what: String, next: &str| InputError::one(Problem::new(what, next));
        let tree = given.canonicalize_utf8().ok();
        let tree = tree.filter(|tree| tree.is_dir()).ok_or_else(|| {
            let next = "give --tree the source tree that the series is for";
            problem(format!("{given} is no directory"), next)
        })?;
        let source = match tree.join(SOURCE).canonicalize_utf8() {
            Ok(named) if named.join(API).is_dir() => named,
            _ => tree.clone(),
        };
        if !source.join(API).is_dir() {
            let what = format!("{tree} is no kernel with the API: it has no {API}");
            return Err(problem(
                what,
                "give --tree a source tree of Linux 7.2 or later",
            ));
        }
        let objtree = objtree.unwrap_or(&tree);
        if !objtree.join(BINDINGS).is_file() {
            let what = format!("{objtree} has no bindings: there is no {BINDINGS}");
            return Err(problem(what, PREPARE));
        }
        let objtree = objtree.to_owned();
        Ok(Self { source, objtree })
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// A directory with some files in it.
    fn directory(files: &[&str]) -> tempfile::TempDir {
        let directory = tempfile::tempdir().expect("a directory can be made");
        for file in files {
            let path = directory.path().join(file);
            let folder = path.parent().expect("a file is in a folder");
            fs::create_dir_all(folder).expect("a folder can be made");
            fs::write(path, "").expect("a file can be written");
        }
        directory
    }

    fn path(directory: &tempfile::TempDir) -> Utf8PathBuf {
        let path = directory.path().canonicalize().expect("it is there");
        Utf8PathBuf::try_from(path).expect("temporary paths are UTF-8")
    }

    #[test]
    fn one_directory_is_enough_where_it_was_built_in() {
        let both = directory(&["rust/kernel/drm/mod.rs", BINDINGS]);
        let tree = Tree::open(&path(&both), None).expect("it is both");
        assert_eq!((tree.source, tree.objtree), (path(&both), path(&both)));
    }

    #[test]
    fn a_build_directory_names_its_source() {
        let source = directory(&["rust/kernel/drm/mod.rs"]);
        let build = directory(&[BINDINGS]);
        std::os::unix::fs::symlink(path(&source), path(&build).join(SOURCE))
            .expect("a link can be made");
        let tree = Tree::open(&path(&build), None).expect("it names its source");
        assert_eq!((tree.source, tree.objtree), (path(&source), path(&build)));
    }

    #[test]
    fn what_lacks_bindings_or_the_api_is_refused() {
        let source = directory(&["rust/kernel/drm/mod.rs"]);
        let said = Tree::open(&path(&source), None).expect_err("it has no bindings");
        assert!(said.to_string().contains("has no bindings"), "{said}");
        let other = directory(&[BINDINGS]);
        let said = Tree::open(&path(&other), None).expect_err("it has no API");
        assert!(
            said.to_string().contains("is no kernel with the API"),
            "{said}"
        );
        let said = Tree::open(Utf8Path::new("/nowhere"), None).expect_err("it is not there");
        assert!(said.to_string().contains("is no directory"), "{said}");
    }
}
