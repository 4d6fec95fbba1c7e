//! The files of a folder of cases.
//!
//! Owns the walk, and which files are cases: targets of the package that the
//! folder may be are none, and neither are the modules of programs.

use std::fs;

use anyhow::Context as _;
use camino::Utf8Path;
use camino::Utf8PathBuf;
use walkdir::WalkDir;

use crate::judge::kind::Kind;

/// A file with its text.
#[derive(Debug)]
pub struct File {
    /// The path below the root of the workspace.
    pub path: Utf8PathBuf,
    /// The text.
    pub text: String,
}

/// The files of a kind in the order of their paths.
#[derive(Debug, Default)]
pub struct Folder {
    /// Files that are cases.
    pub cases: Vec<File>,
    /// Files that are modules of programs.
    pub modules: Vec<File>,
}

/// Reads the files of a kind.
///
/// # Errors
///
/// A file cannot be read.
pub fn read(root: &Utf8Path, folder: &Utf8Path, kind: Kind) -> anyhow::Result<Folder> {
    let folder = root.join(folder);
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap_or_default();
    let mut files = Vec::new();
    for path in walk(&folder, "rs")? {
        let inside = path.strip_prefix(&folder)?;
        let is_top = inside.components().count() == 1;
        if is_top && manifest.contains(&format!("\"{inside}\"")) {
            continue;
        }
        let text = fs::read_to_string(&path).with_context(|| format!("cannot read {path}"))?;
        let path = path.strip_prefix(root)?.to_owned();
        files.push(File { path, text });
    }
    let is_module = |file: &File| kind != Kind::Fail && is_module(file, &files);
    let marks: Vec<bool> = files.iter().map(is_module).collect();
    let mut folder = Folder::default();
    for (file, is_module) in files.into_iter().zip(marks) {
        match is_module {
            true => folder.modules.push(file),
            false => folder.cases.push(file),
        }
    }
    Ok(folder)
}

/// The snapshots in a folder of cases, relative to the root.
pub fn snapshots(root: &Utf8Path, folder: &Utf8Path) -> anyhow::Result<Vec<Utf8PathBuf>> {
    let paths = walk(&root.join(folder), "stderr")?.into_iter();
    let relative = paths.map(|path| Ok(path.strip_prefix(root)?.to_owned()));
    relative.collect()
}

/// A file without any directive that another file declares as its module.
fn is_module(file: &File, files: &[File]) -> bool {
    let has_directive = |text: &str| text.lines().any(|line| line.trim().starts_with("//@"));
    let name = match (file.path.file_stem(), file.path.parent()) {
        (Some("mod"), Some(folder)) => folder.file_name().unwrap_or_default(),
        (stem, _) => stem.unwrap_or_default(),
    };
    let (declaration, path) = (format!("mod {name};"), format!("{name}.rs\""));
    let mut others = files.iter().filter(|other| other.path != file.path);
    !has_directive(&file.text)
        && others.any(|other| other.text.contains(&declaration) || other.text.contains(&path))
}

/// All files below a folder with an extension, sorted. Output folders and
/// hidden ones are left out, and a folder that does not exist is empty.
fn walk(folder: &Utf8Path, extension: &str) -> anyhow::Result<Vec<Utf8PathBuf>> {
    let mut found = Vec::new();
    if !folder.is_dir() {
        return Ok(found);
    }
    let walk = WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry.file_name()));
    for entry in walk {
        let path = Utf8PathBuf::try_from(entry?.into_path())?;
        if path.extension() == Some(extension) && path.is_file() {
            found.push(path);
        }
    }
    Ok(found)
}

fn is_hidden(name: &std::ffi::OsStr) -> bool {
    name == "target" || name == "wip" || name.to_string_lossy().starts_with('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> File {
        File {
            path: path.into(),
            text: text.to_owned(),
        }
    }

    #[test]
    fn a_module_of_a_program_is_no_case() {
        let program = file(
            "ui-pass/life.rs",
            "//@ claim: c\n#[path = \"nova/driver.rs\"]\nmod d;\nmod firmware;",
        );
        let files = [
            program,
            file("ui-pass/nova/driver.rs", "fn f() {}"),
            file("ui-pass/firmware/mod.rs", "fn f() {}"),
            file("ui-pass/forgotten.rs", "pub fn main() {}"),
        ];
        let modules: Vec<bool> = files.iter().map(|file| is_module(file, &files)).collect();
        assert_eq!(modules, [false, true, true, false]);
    }

    #[test]
    fn a_file_with_a_directive_is_a_case_even_if_it_is_declared() {
        let files = [
            file("ui-pass/a.rs", "mod b;"),
            file("ui-pass/b.rs", "//@ clam: c"),
        ];
        assert!(!is_module(&files[1], &files));
    }
}
