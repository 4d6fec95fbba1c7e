//! The programs of the matrix as cases, which join those that people wrote.
//!
//! Owns the files, which lie below the target directory and are written only
//! when their text changes.

use std::fs;
use std::io::Write as _;

use anyhow::Context as _;
use camino::Utf8Path;
use camino::Utf8PathBuf;
use rayon::prelude::*;

use super::Program;
use crate::case::Case;
use crate::case::Kind;
use crate::problem::Problem;
use crate::workspace::Workspace;

/// Writes the programs and reads them as cases.
///
/// # Errors
///
/// The target directory cannot be written.
pub fn cases(
    workspace: &Workspace,
    programs: &[Program],
    problems: &mut Vec<Problem>,
) -> anyhow::Result<Vec<Case>> {
    let read: Vec<(Case, Vec<Problem>)> = programs
        .par_iter()
        .map(|program| case(workspace, program))
        .collect::<anyhow::Result<_>>()?;
    let mut cases = Vec::with_capacity(read.len());
    for (case, faults) in read {
        cases.push(case);
        problems.extend(faults);
    }
    Ok(cases)
}

fn case(workspace: &Workspace, program: &Program) -> anyhow::Result<(Case, Vec<Problem>)> {
    let file = write(workspace.target(), &program.id, &program.text)?;
    let kind = match program.is_allowed {
        true => Kind::Allowed,
        false => Kind::Fail,
    };
    let mut faults = Vec::new();
    let inside = file.strip_prefix(workspace.target())?;
    let mut case = Case::parse(kind, workspace.target(), inside, &program.text, &mut faults);
    case.path = workspace.relative(&file).to_owned();
    Ok((case, faults))
}

/// Writes a program below a directory, unless it is there already. Another run
/// never sees half of it.
pub(super) fn write(directory: &Utf8Path, id: &str, text: &str) -> anyhow::Result<Utf8PathBuf> {
    let path = directory.join(format!("{id}.rs"));
    if fs::read_to_string(&path).is_ok_and(|old| old == text) {
        return Ok(path);
    }
    let folder = path.parent().context("a program is in a folder")?;
    fs::create_dir_all(folder).with_context(|| format!("cannot create {folder}"))?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.persist(&path)
        .with_context(|| format!("cannot write {path}"))?;
    Ok(path)
}
