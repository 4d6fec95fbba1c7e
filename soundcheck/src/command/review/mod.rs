//! The command `review`: what each patch of a series does to the claims.
//!
//! Owns the order of its work: the kernel is found, the series read, and all
//! patches tried in a scratch tree before anything is judged, so that bad input
//! costs no time. The user's tree is only read.

mod checker;
mod course;
mod diff;
mod excerpt;
mod findings;
mod git;
mod items;
mod mail;
mod nearest;
mod page;
mod place;
mod prepared;
mod progress;
mod range;
mod report;
mod scratch;
mod series;
mod skeleton;
mod spelling;
mod step;
mod subject;
mod surface;

use std::io::Write;

use camino::Utf8PathBuf;

pub use checker::judged;
pub use checker::Checker;
pub use checker::Judge;
pub use findings::Review;
pub use prepared::Prepared;
pub use step::Program;
pub use step::Step;

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
    let prepared = Prepared::new(options)?;
    let judge = Judge::new(&options.check, &prepared.kernel);
    let review = prepared.review(&judge)?;
    out.write_all(review.to_string().as_bytes())?;
    out.flush()?;
    Ok(review.exit_code())
}

#[cfg(test)]
mod tests;
