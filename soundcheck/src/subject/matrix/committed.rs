//! The cases under `ui-fail/matrix`: one for each forbidden operation and state,
//! by the most natural route.
//!
//! They are generated, so that a reviewer sees in a diff what a new context
//! forbids. Owns their names, their layout and the comparison with the files.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::process::Command;
use std::process::Stdio;

use anyhow::bail;
use anyhow::Context as _;
use camino::Utf8Path;
use camino::Utf8PathBuf;

use super::lacking;
use super::program;
use super::Cell;
use super::Contract;
use crate::ground::compiler::EDITION;
use crate::ground::problem::Problem;

/// The folder, below the root.
pub const FOLDER: &str = "ui-fail/matrix";

/// The command that writes the files.
const UPDATE: &str = "cargo soundcheck matrix --update";

/// The files by their path below the root, laid out by rustfmt.
///
/// # Errors
///
/// rustfmt cannot be run, or moves a mark.
pub fn committed(contract: &Contract) -> anyhow::Result<BTreeMap<Utf8PathBuf, String>> {
    let cells = contract
        .cells()
        .map_err(|what| anyhow::anyhow!("{}", lacking(contract, what)))?;
    let mut files = BTreeMap::new();
    for cell in natural(contract, &cells) {
        let text = program(contract, cell)
            .map_err(|problem| anyhow::anyhow!("{problem}"))?
            .text;
        let path = Utf8Path::new(FOLDER).join(format!("{}.rs", stem(cell)));
        files.insert(path, text);
    }
    if let Some(path) = format(&mut files)?.first() {
        bail!(
            "rustfmt moves the mark of {path}: shorten the line in {}",
            contract.sources.own()
        );
    }
    Ok(files)
}

/// The forbidden cells by the first route that the operation is given for.
fn natural<'a>(contract: &'a Contract, cells: &'a [Cell<'a>]) -> Vec<&'a Cell<'a>> {
    let mut chosen: BTreeMap<(&str, &str), &Cell<'_>> = BTreeMap::new();
    for cell in cells.iter().filter(|cell| !cell.is_allowed()) {
        let natural = contract.natural(cell.operation).map(|route| route.name());
        let place = (cell.operation.name(), cell.state.name());
        if natural == Some(cell.route.name()) {
            chosen.insert(place, cell);
        } else {
            chosen.entry(place).or_insert(cell);
        }
    }
    chosen.into_values().collect()
}

fn stem(cell: &Cell<'_>) -> String {
    format!("{}_{}", cell.operation.name(), cell.state.name()).replace('-', "_")
}

/// Files that are not as the contract has them: stale, edited, left over.
///
/// # Errors
///
/// A file cannot be read, or rustfmt cannot be run.
pub fn stale(root: &Utf8Path, contract: &Contract) -> anyhow::Result<Vec<Problem>> {
    let mut problems = Vec::new();
    let mut files = committed(contract)?;
    for path in present(root)? {
        let text = fs::read_to_string(root.join(&path))?;
        match files.remove(&path) {
            Some(wanted) if wanted == text => {}
            Some(_) => problems
                .push(Problem::new("is not what the contract expands to", UPDATE).in_file(&path)),
            None => {
                problems.push(Problem::new("is no cell of the contract", UPDATE).in_file(&path))
            }
        }
    }
    let missing = files.into_keys();
    problems.extend(missing.map(|path| Problem::new("is missing", UPDATE).in_file(&path)));
    Ok(problems)
}

/// Writes the files and removes what is left over, with its snapshot.
pub fn update(root: &Utf8Path, contract: &Contract) -> anyhow::Result<usize> {
    let files = committed(contract)?;
    for path in present(root)?
        .into_iter()
        .filter(|path| !files.contains_key(path))
    {
        fs::remove_file(root.join(&path))?;
        let snapshot = root.join(path.with_extension("stderr"));
        if snapshot.exists() {
            fs::remove_file(snapshot)?;
        }
    }
    fs::create_dir_all(root.join(FOLDER))?;
    for (path, text) in &files {
        fs::write(root.join(path), text).with_context(|| format!("cannot write {path}"))?;
    }
    Ok(files.len())
}

fn present(root: &Utf8Path) -> anyhow::Result<Vec<Utf8PathBuf>> {
    let mut paths = Vec::new();
    if root.join(FOLDER).is_dir() {
        for entry in root.join(FOLDER).read_dir_utf8()? {
            let path = entry?.into_path();
            if path.extension() == Some("rs") {
                paths.push(path.strip_prefix(root)?.to_owned());
            }
        }
    }
    paths.sort();
    Ok(paths)
}

/// Lays out texts as rustfmt does, in one call for all. Gives the files that it
/// left as they were, because rustfmt would move a mark off its code.
pub fn format(files: &mut BTreeMap<Utf8PathBuf, String>) -> anyhow::Result<Vec<Utf8PathBuf>> {
    let mut left = Vec::new();
    if files.is_empty() {
        return Ok(left);
    }
    let directory = tempfile::tempdir()?;
    let directory = Utf8Path::from_path(directory.path()).context("temporary paths are UTF-8")?;
    let place = |index: usize| directory.join(format!("{index}.rs"));
    for (index, text) in files.values().enumerate() {
        fs::File::create(place(index))?.write_all(text.as_bytes())?;
    }
    let output = Command::new("rustfmt")
        .args(["--edition", EDITION])
        .args((0..files.len()).map(place))
        .stdin(Stdio::null())
        .output()
        .context("cannot run rustfmt")?;
    if !output.status.success() {
        bail!(
            "rustfmt failed: {}",
            String::from_utf8_lossy(&output.stderr).trim()
        );
    }
    for (index, (path, text)) in files.iter_mut().enumerate() {
        let formatted = settle(&fs::read_to_string(place(index))?);
        match marked(&formatted) == marked(text) {
            true => *text = formatted,
            false => left.push(path.clone()),
        }
    }
    Ok(left)
}

/// Points marks upwards that rustfmt put on a line of their own, because theirs
/// was too long.
fn settle(text: &str) -> String {
    let mut settled = String::with_capacity(text.len());
    for line in text.lines() {
        let moved = line.trim_start().starts_with("//~ ");
        let line = if moved {
            line.replacen("//~ ", "//~^ ", 1)
        } else {
            line.to_owned()
        };
        settled.push_str(&line);
        settled.push('\n');
    }
    settled
}

/// Each mark with the code that it is about, which rustfmt must leave on one
/// line.
fn marked(text: &str) -> Vec<String> {
    let mut code = String::new();
    let mut marked = Vec::new();
    for line in text.lines() {
        let (before, mark) = line.split_once("//~").unwrap_or((line, ""));
        if !before.trim().is_empty() {
            code = before.trim().to_owned();
        }
        if !mark.is_empty() {
            marked.push(format!("{code} {}", mark.trim_start_matches('^')));
        }
    }
    marked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moved_mark_points_to_its_line() {
        let text = "    long();\n    //~ E0308 x\n";
        assert_eq!(settle(text), "    long();\n    //~^ E0308 x\n");
        assert_eq!(settle("a(); //~ E0308 x\n"), "a(); //~ E0308 x\n");
    }

    #[test]
    fn a_mark_belongs_to_the_code_before_it() {
        assert_eq!(marked("f(); //~ E1\n"), marked("f();\n//~^ E1\n"));
        assert_ne!(
            marked("f(g()); //~ E1\n"),
            marked("f(\n    g()\n); //~ E1\n")
        );
    }
}
