//! A contract from its files.
//!
//! Owns where it is, and the order of reading: the files that it extends first,
//! then what it says itself, then the check of what comes of both.

use std::fs;

use camino::Utf8Path;
use camino::Utf8PathBuf;
use serde::Deserialize;
use toml::de::DeTable;
use toml::de::Deserializer;
use toml::Spanned;

use crate::ground::problem::InputError;
use crate::ground::problem::Problem;
use crate::judge::claim;
use crate::judge::claim::Claims;
use crate::subject::matrix::check::faults;
use crate::subject::matrix::committed;
use crate::subject::matrix::difference::apply;
use crate::subject::matrix::schema::Contract;
use crate::subject::matrix::sources::Fault;
use crate::subject::matrix::sources::Sources;

type Files = Vec<(Utf8PathBuf, String)>;

/// Reads a contract below a root, if there is one.
///
/// # Errors
///
/// Every mistake in its files, with its line.
pub fn load(
    root: &Utf8Path,
    path: &Utf8Path,
    claims: &Claims,
) -> Result<Option<Contract>, Vec<Problem>> {
    if !root.join(path).exists() {
        return match root.join(committed::FOLDER).exists() {
            true => Err(vec![missing(path)]),
            false => Ok(None),
        };
    }
    contract(files(root, path)?, claims).map(Some)
}

/// Reads a contract that must be there, with the claims that it serves.
///
/// # Errors
///
/// It is missing, or it or the claims have a mistake.
pub fn open(
    root: &Utf8Path,
    path: &Utf8Path,
    claims: Option<&Utf8Path>,
) -> Result<Contract, InputError> {
    let claims = claims.map(|path| {
        let text = fs::read_to_string(root.join(path)).unwrap_or_default();
        claim::parse(path, &text).map_err(InputError::one)
    });
    let claims = claims.transpose()?.unwrap_or_default();
    let contract = load(root, path, &claims).map_err(InputError)?;
    contract.ok_or_else(|| {
        let problem = Problem::new("is missing", "write down there what may be done");
        InputError::one(problem.in_file(path))
    })
}

/// Reads a contract from the text of the file at `path`, which extends none. Its
/// claims are not checked if none is known.
///
/// # Errors
///
/// Every mistake, with its line.
pub fn parse(path: &Utf8Path, text: &str, claims: &Claims) -> Result<Contract, Vec<Problem>> {
    contract(vec![(path.to_owned(), text.to_owned())], claims)
}

/// The files of a contract with their texts, those that it extends first.
fn files(root: &Utf8Path, path: &Utf8Path) -> Result<Files, Vec<Problem>> {
    let mut files = Files::new();
    let mut next = Some(path.to_owned());
    while let Some(path) = next {
        if files.iter().any(|(known, _)| *known == path) {
            let problem = Problem::new("extends itself", "name another contract");
            return Err(vec![problem.in_file(&path)]);
        }
        let text = fs::read_to_string(root.join(&path)).map_err(|error| {
            let what = format!("cannot be read: {error}");
            vec![Problem::new(what, "make it a UTF-8 text file").in_file(&path)]
        })?;
        // A file with a mistake extends none, and is complained about below.
        next = DeTable::parse(&text).ok().and_then(|tables| {
            let extends = tables.get_ref().get("extends")?;
            extends.get_ref().as_str().map(Utf8PathBuf::from)
        });
        files.insert(0, (path, text));
    }
    Ok(files)
}

/// Makes a contract of its files, and checks it.
fn contract(files: Files, claims: &Claims) -> Result<Contract, Vec<Problem>> {
    let mut sources = Sources::default();
    let texts: Vec<String> = files
        .into_iter()
        .map(|(path, text)| sources.add(&path, text))
        .collect();
    let mut tables = DeTable::new();
    for text in &texts {
        let more = DeTable::parse(text).map_err(|error| unreadable(&error, &sources))?;
        let applied = apply(tables, more.into_inner());
        tables = applied.map_err(|faults| sources.problems(&faults))?;
    }
    let tables = Deserializer::from(Spanned::new(0..0, tables));
    let contract = Contract::deserialize(tables);
    let mut contract = contract.map_err(|error| unreadable(&error, &sources))?;
    let faults = faults(&contract, claims);
    if !faults.is_empty() {
        return Err(sources.problems(&faults));
    }
    contract.sources = sources;
    Ok(contract)
}

fn unreadable(error: &toml::de::Error, sources: &Sources) -> Vec<Problem> {
    sources.problems(&[Fault {
        at: error.span().map_or(usize::MAX, |span| span.start),
        what: error.message().replace('\n', " "),
        next: "the comment at the top of contracts/api.toml describes its tables",
    }])
}

/// Without the contract the matrix would be lost silently.
fn missing(path: &Utf8Path) -> Problem {
    let what = format!("is missing, but there is {}", committed::FOLDER);
    Problem::new(what, "restore it, or remove the cases").in_file(path)
}
