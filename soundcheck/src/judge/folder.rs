//! The files of a folder of cases.
//!
//! Owns the walk, and which files are cases: targets of the package that the
//! folder may be are none, and neither are the modules of programs. Links are
//! followed; what looks like a case and is none is never passed over.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::Path;

use camino::Utf8Path;
use camino::Utf8PathBuf;
use walkdir::WalkDir;

use crate::ground::problem::Problem;

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

/// Reads the files of a kind. What cannot be read is a problem of its own, and
/// not in the way of others.
///
/// # Errors
///
/// The paths are not below the root.
pub fn read(
    root: &Utf8Path,
    folder: &Utf8Path,
    kind: Kind,
    problems: &mut Vec<Problem>,
) -> anyhow::Result<Folder> {
    let folder = root.join(folder);
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap_or_default();
    let mut files = Vec::new();
    let walk = Walk::of(root, &folder, "rs");
    problems.extend(walk.problems);
    for path in walk.found {
        let inside = path.strip_prefix(&folder)?;
        let is_top = inside.components().count() == 1;
        if is_top && manifest.contains(&format!("\"{inside}\"")) {
            continue;
        }
        let relative = path.strip_prefix(root)?.to_owned();
        match text(&path) {
            Ok(text) => files.push(File {
                path: relative,
                text,
            }),
            Err(problem) => problems.push(problem.in_file(&relative)),
        }
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
    let walk = Walk::of(root, &root.join(folder), "stderr");
    let relative = walk
        .found
        .iter()
        .map(|path| Ok(path.strip_prefix(root)?.to_owned()));
    relative.collect()
}

/// The text of a file, which must have one.
fn text(path: &Utf8Path) -> Result<String, Problem> {
    match fs::read_to_string(path) {
        Ok(text) if text.trim().is_empty() => Err(Problem::new(
            "the file is empty",
            "write the case, or delete the file",
        )),
        Ok(text) => Ok(text),
        Err(error) => {
            let what = format!("cannot be read: {error}");
            Err(Problem::new(what, "mend the file, or move it elsewhere"))
        }
    }
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

/// The files below a folder that have an extension.
struct Walk<'a> {
    root: &'a Utf8Path,
    extension: &'a str,
    /// The files, sorted.
    found: Vec<Utf8PathBuf>,
    /// Whether any of them may be there under two names.
    has_links: bool,
    problems: Vec<Problem>,
}

impl<'a> Walk<'a> {
    /// Walks through a folder, and through those that links in it lead to.
    /// Output folders and hidden ones are left out, and a folder that does not
    /// exist is empty.
    fn of(root: &'a Utf8Path, folder: &Utf8Path, extension: &'a str) -> Self {
        let mut walk = Self {
            root,
            extension,
            found: Vec::new(),
            has_links: false,
            problems: Vec::new(),
        };
        if !folder.is_dir() {
            return walk;
        }
        let entries = WalkDir::new(folder)
            .follow_links(true)
            .sort_by_file_name()
            .into_iter()
            .filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry.file_name()));
        for entry in entries {
            match entry {
                Ok(entry) => walk.enter(&entry),
                Err(error) => walk.lost(&error),
            }
        }
        if walk.has_links {
            walk.drop_doubles();
        }
        walk
    }

    fn enter(&mut self, entry: &walkdir::DirEntry) {
        let is_wanted = |extension: &OsStr| extension.eq_ignore_ascii_case(self.extension);
        let path = entry.path();
        self.has_links |= entry.path_is_symlink();
        if entry.depth() == 0 || !path.extension().is_some_and(is_wanted) {
            return;
        }
        let extension = self.extension;
        let Some(name) = Utf8Path::from_path(path) else {
            return self.problem(path, "the name is not UTF-8", "rename the file");
        };
        if name.extension() != Some(extension) {
            let next = format!("rename it to `.{extension}`");
            return self.problem(path, "looks like a case, and its extension does not", &next);
        }
        if !entry.file_type().is_file() {
            let what = "has the name of a case, and is no file";
            return self.problem(path, what, "rename the folder");
        }
        self.found.push(name.to_owned());
    }

    /// Of several paths to one file, the one without a link is judged, or else
    /// the first.
    fn drop_doubles(&mut self) {
        let mut first: BTreeMap<Utf8PathBuf, Utf8PathBuf> = BTreeMap::new();
        let real = |path: &Utf8Path| path.canonicalize_utf8().unwrap_or_else(|_| path.to_owned());
        let (own, linked): (Vec<_>, Vec<_>) = std::mem::take(&mut self.found)
            .into_iter()
            .partition(|path| real(path) == *path);
        for path in own.into_iter().chain(linked) {
            if let Some(first) = first.get(&real(&path)) {
                let inside = first.strip_prefix(self.root).unwrap_or(first);
                let what = format!("a link to {inside}, which is judged already");
                self.problem(path.as_std_path(), &what, "remove the link");
            } else {
                first.insert(real(&path), path.clone());
                self.found.push(path);
            }
        }
        self.found.sort();
    }

    /// Something that cannot be walked into: a link that leads nowhere or back,
    /// or a folder that may not be read.
    fn lost(&mut self, error: &walkdir::Error) {
        let path = error.path().unwrap_or(self.root.as_std_path());
        let what = match (error.loop_ancestor(), error.io_error()) {
            (Some(above), _) => format!("a link back to {}", above.display()),
            (None, Some(error)) => format!("cannot be read: {error}"),
            (None, None) => error.to_string(),
        };
        self.problem(path, &what, "mend or remove it");
    }

    fn problem(&mut self, path: &Path, what: &str, next: &str) {
        let inside = path.strip_prefix(self.root).unwrap_or(path);
        let inside = Utf8PathBuf::from(inside.to_string_lossy().into_owned());
        self.problems
            .push(Problem::new(what, next).in_file(&inside));
    }
}

fn is_hidden(name: &OsStr) -> bool {
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
