//! The causes of cases, as a run of mutants has found them.
//!
//! Owns what is compared with the record: a part of the mutants or of the cases
//! can add to it, and only a run of all of them can say that something is gone.

use std::collections::BTreeMap;
use std::io::Write;

use camino::Utf8Path;

use crate::command::mutants::options::Options;
use crate::command::mutants::report::Report;
use crate::command::mutants::report::Row;
use crate::command::mutants::session::Session;
use crate::command::mutants::verdict::Verdict;
use crate::ground::problem::InputError;
use crate::ground::problem::Problem;
use crate::judge::case::Case;
use crate::judge::kind::Kind;
use crate::judge::lane::Lane;
use crate::subject::manifest::FILE;
use crate::subject::mutation::causes::Causes;

/// Says which mutants each case notices, and records them if that is asked for.
/// What is wrong is returned: a case without a cause, or a record that is not
/// true any more.
///
/// # Errors
///
/// There is no file for causes, or something cannot be read or written.
pub fn report<W: Write>(
    session: &Session,
    options: &Options,
    rows: &[Row<'_>],
    report: &mut Report<'_, W>,
) -> anyhow::Result<Vec<Problem>> {
    let root = session.workspace.root();
    let Some(path) = &session.target.manifest().mutants.causes else {
        let next = "add `causes`, the file to record them in, to `[mutants]`";
        let problem = Problem::new("names no file for causes", next);
        return Err(InputError::one(problem.in_file(Utf8Path::new(FILE))).into());
    };
    let recorded = Causes::read(root, path).map_err(InputError::one)?;
    let noticed = noticed(rows);
    report.causes(&noticed)?;
    let fresh = match is_whole(options) {
        true => Causes::choose(&noticed),
        false => recorded.clone().with(&Causes::choose(&noticed)),
    };
    if options.record {
        fresh.write(root, path)?;
    }
    let mut problems: Vec<Problem> = written(session, options)
        .filter_map(|case| fresh.fault(case))
        .collect();
    let gone = match options.record {
        true => Vec::new(),
        false => recorded.gone(path, &noticed, |id| {
            rows.iter().any(|row| row.mutant.id == id)
        }),
    };
    problems.extend(gone);
    Ok(problems)
}

/// Whether all mutants were looked at by all cases.
fn is_whole(options: &Options) -> bool {
    options.filters.is_empty()
        && options.cases.is_empty()
        && options.sample.is_none()
        && options.shard.is_none()
        && options.in_diff.is_none()
}

/// The mutants that each case notices.
fn noticed(rows: &[Row<'_>]) -> BTreeMap<String, Vec<String>> {
    let mut noticed: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in rows {
        if let Verdict::Killed { by } = &row.judged.verdict {
            // An assertion of the sources is its own cause.
            for kill in by.iter().filter(|kill| kill.lane != Lane::BUILD.name()) {
                let mutants = noticed.entry(kill.id().to_owned()).or_default();
                mutants.push(row.mutant.id.clone());
            }
        }
    }
    noticed
}

/// The written cases that need a cause: all of them, or those that were looked
/// for.
fn written<'s>(session: &'s Session, options: &'s Options) -> impl Iterator<Item = &'s Case> {
    let cases = session.corpus.spoken();
    cases.filter(|case| {
        let mut filters = options.cases.iter();
        let is_wanted = is_whole(options) || filters.any(|it| case.id.contains(it));
        case.kind == Kind::Fail && !case.is_generated && is_wanted
    })
}
