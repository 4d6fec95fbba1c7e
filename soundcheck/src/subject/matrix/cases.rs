//! The programs of the matrix as cases, which join those that people wrote.
//!
//! Their files lie below the target directory, and are written when a compiler
//! needs them.

use camino::Utf8Path;
use camino::Utf8PathBuf;
use rayon::prelude::*;

use crate::ground::problem::Problem;
use crate::ground::workspace::Workspace;
use crate::judge::case::Case;
use crate::judge::kind::Kind;
use crate::judge::places::Places;
use crate::judge::scan::Scans;
use crate::subject::matrix::Program;

/// Reads the programs as cases, whose files are below a folder.
pub fn cases(
    workspace: &Workspace,
    places: &Places,
    folder: &Utf8Path,
    programs: &[Program],
    scans: &Scans,
    problems: &mut Vec<Problem>,
) -> Vec<Case> {
    let read: Vec<(Case, Vec<Problem>)> = programs
        .par_iter()
        .map(|program| case(workspace, places, folder, program, scans))
        .collect();
    let mut cases = Vec::with_capacity(read.len());
    for (case, faults) in read {
        cases.push(case);
        problems.extend(faults);
    }
    cases
}

fn case(
    workspace: &Workspace,
    places: &Places,
    folder: &Utf8Path,
    program: &Program,
    scans: &Scans,
) -> (Case, Vec<Problem>) {
    let kind = match program.is_allowed {
        true => Kind::Allowed,
        false => Kind::Fail,
    };
    let mut faults = Vec::new();
    let path = Utf8PathBuf::from(format!("{}.rs", program.id));
    let mut case = Case::parse(
        places,
        kind,
        folder,
        &path,
        &program.text,
        scans,
        &mut faults,
    );
    case.is_generated = true;
    case.path = workspace.relative(&case.file).to_owned();
    (case, faults)
}
