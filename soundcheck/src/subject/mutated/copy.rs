//! A copy of the sources, in which one mutant after the other is built.
//!
//! Owns the files of the copy. Whoever has one may change it; the sources
//! themselves are never touched.

use std::fs;

use anyhow::Context as _;
use camino::Utf8Path;
use camino::Utf8PathBuf;
use walkdir::DirEntry;
use walkdir::WalkDir;

use crate::subject::mutation::Texts;

/// A copy of some folders below a root.
#[derive(Debug)]
pub struct Copy {
    root: Utf8PathBuf,
}

impl Copy {
    /// Copies folders below a root to another place.
    ///
    /// # Errors
    ///
    /// Something cannot be read or written.
    pub fn new(from: &Utf8Path, folders: &[Utf8PathBuf], to: Utf8PathBuf) -> anyhow::Result<Self> {
        for folder in folders {
            let walk = WalkDir::new(from.join(folder)).into_iter();
            for entry in walk.filter_entry(|entry| entry.depth() == 0 || !is_output(entry)) {
                let entry = entry?;
                let path = Utf8Path::from_path(entry.path()).context("a path is not UTF-8")?;
                if path.is_file() {
                    put(path, &to.join(path.strip_prefix(from)?))?;
                }
            }
        }
        Ok(Self { root: to })
    }

    /// Where it is.
    pub fn root(&self) -> &Utf8Path {
        &self.root
    }

    /// Gives files other texts.
    ///
    /// # Errors
    ///
    /// One of them cannot be written.
    pub fn write(&self, texts: &Texts) -> anyhow::Result<()> {
        texts.iter().try_for_each(|(path, text)| {
            let path = self.root.join(path);
            fs::write(&path, text).with_context(|| format!("cannot write {path}"))
        })
    }
}

fn put(from: &Utf8Path, to: &Utf8Path) -> anyhow::Result<()> {
    let folder = to.parent().context("a file is in a folder")?;
    fs::create_dir_all(folder)?;
    fs::copy(from, to).with_context(|| format!("cannot copy {from}"))?;
    Ok(())
}

fn is_output(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    name == "target" || name.starts_with('.')
}
