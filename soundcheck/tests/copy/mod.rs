//! Copies of trees that a test or a benchmark may spoil.

use std::ffi::OsStr;
use std::fs;

use anyhow::Context as _;
use camino::Utf8Path;
use walkdir::WalkDir;

/// Copies a workspace, without build output and version control, so that the
/// copy can be edited and judged. A file that is equal already is left alone,
/// so that cargo rebuilds only what differs.
pub fn copy_tree(from: &Utf8Path, to: &Utf8Path) -> anyhow::Result<()> {
    let walk = WalkDir::new(from)
        .into_iter()
        .filter_entry(|entry| entry.depth() != 1 || !is_output(entry.file_name()));
    for entry in walk {
        let entry = entry?;
        let path = Utf8Path::from_path(entry.path()).context("a path is not UTF-8")?;
        let goal = to.join(path.strip_prefix(from)?);
        if entry.file_type().is_dir() {
            fs::create_dir_all(&goal)?;
        } else if entry.file_type().is_file() {
            copy_file(path, &goal).with_context(|| format!("cannot copy {path}"))?;
        }
    }
    Ok(())
}

fn copy_file(from: &Utf8Path, to: &Utf8Path) -> std::io::Result<()> {
    let bytes = fs::read(from)?;
    match fs::read(to) {
        Ok(there) if there == bytes => Ok(()),
        _ => fs::write(to, bytes),
    }
}

fn is_output(name: &OsStr) -> bool {
    name == "target" || name == ".git"
}
