//! Which mutants a call asks for.
//!
//! Owns filters, samples and parts. Nothing is selected silently: a filter that
//! matches nothing is an error.

use std::fs;

use camino::Utf8Path;

use crate::command::mutants::in_diff::Lines;
use crate::command::mutants::options::Options;
use crate::command::mutants::session::Session;
use crate::ground::problem::InputError;
use crate::ground::problem::Problem;
use crate::subject::mutation::Mutant;

/// The mutants that a call asks for, in order.
///
/// # Errors
///
/// A filter matches nothing.
pub fn select<'s>(session: &'s Session, options: &Options) -> Result<Vec<&'s Mutant>, InputError> {
    let mut mutants: Vec<&Mutant> = session.mutants.iter().collect();
    let is_unmatched = |filter: &&String| !mutants.iter().any(|it| it.id.contains(*filter));
    if let Some(filter) = options.filters.iter().find(is_unmatched) {
        let what = format!("no mutant matches `{filter}`");
        let next = "`soundcheck mutants --list` prints every id";
        return Err(InputError::one(Problem::new(what, next)));
    }
    let is_wanted = |id: &str| {
        let mut filters = options.filters.iter();
        options.filters.is_empty() || filters.any(|filter| id.contains(filter))
    };
    mutants.retain(|mutant| is_wanted(&mutant.id));
    if let Some(patch) = &options.in_diff {
        let lines = Lines::read(&read(patch)?);
        mutants.retain(|mutant| lines.touch(mutant, &session.texts));
    }
    if let Some(size) = options.sample {
        mutants = sample(mutants, size, options.seed);
    }
    if let Some(shard) = options.shard {
        let numbered = mutants.into_iter().enumerate();
        let mine = numbered.filter(|(index, _)| index % shard.of == shard.number - 1);
        mutants = mine.map(|(_, mutant)| mutant).collect();
    }
    Ok(mutants)
}

fn read(patch: &Utf8Path) -> Result<String, InputError> {
    let complain = |error: std::io::Error| {
        let what = format!("{patch} cannot be read: {error}");
        InputError::one(Problem::new(
            what,
            "give --in-diff a patch, as `git diff` writes it",
        ))
    };
    // What it changes outside of the sources may be in any encoding.
    let bytes = fs::read(patch).map_err(complain)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Some mutants, which depend on their ids and on the seed alone: a new mutant
/// takes the place of one at most.
fn sample(mut mutants: Vec<&Mutant>, size: usize, seed: u64) -> Vec<&Mutant> {
    let rank = |mutant: &Mutant| {
        let mut hasher = blake3::Hasher::new();
        hasher
            .update(&seed.to_le_bytes())
            .update(mutant.id.as_bytes());
        *hasher.finalize().as_bytes()
    };
    let mut ranks: Vec<[u8; 32]> = mutants.iter().map(|mutant| rank(mutant)).collect();
    ranks.sort_unstable();
    ranks.truncate(size);
    mutants.retain(|mutant| ranks.binary_search(&rank(mutant)).is_ok());
    mutants
}
