//! The command `review`: what each patch of a series does to the claims.
//!
//! Owns the order of its work: the kernel is found, the series read, and all
//! patches tried in a scratch tree before anything is judged, so that bad input
//! costs no time. The user's tree is only read.

mod cause;
mod change;
mod checker;
mod course;
mod error;
mod excerpt;
mod findings;
mod git;
mod mail;
mod novelty;
mod page;
mod patch;
mod prepared;
mod progress;
mod range;
mod report;
mod scratch;
mod series;
pub mod step;
mod subject;

use std::io::Write;

use camino::Utf8PathBuf;

pub use checker::Checker;
pub use checker::Judge;
pub use error::Error;
pub use findings::Review;
pub use prepared::Prepared;

use crate::command::options::CheckOptions;

/// What a call of `review` asks for.
#[derive(Clone, Debug)]
pub struct Options {
    /// A file with the series, `-` for standard input, or a range of commits.
    pub series: String,
    /// The tree that it is for.
    pub tree: Utf8PathBuf,
    /// The build directory, if it is another one.
    pub objtree: Option<Utf8PathBuf>,
    /// How each step is judged.
    pub check: CheckOptions,
}

/// Runs the command and returns its exit status.
///
/// # Errors
///
/// The input is wrong, or a step could not be judged.
pub fn run(options: &Options, out: &mut dyn Write) -> anyhow::Result<u8> {
    let review = review(options).map_err(Error::into_anyhow)?;
    out.write_all(review.to_string().as_bytes())?;
    out.flush()?;
    Ok(review.exit_code())
}

fn review(options: &Options) -> Result<Review, Error> {
    let prepared = Prepared::new(options)?;
    let judge = Judge::new(&options.check, &prepared.kernel);
    prepared.review(&judge)
}

#[cfg(test)]
mod tests;
