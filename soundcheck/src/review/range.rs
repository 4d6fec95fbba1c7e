//! A range of commits as a series, and the commit that it starts from.
//!
//! Owns what the user's configuration may not change about the patches that
//! git makes. Nothing is written into the repository.

use camino::Utf8Path;

use super::error::Error;
use super::git;
use super::series::Series;
use crate::problem::InputError;
use crate::problem::Problem;

/// Makes patches as everybody has them by default.
const PLAIN: [&str; 14] = [
    "format-patch",
    "--stdout",
    "--numbered",
    "--no-attach",
    "--no-cover-letter",
    "--no-signature",
    "--no-renames",
    "--no-ext-diff",
    "--no-textconv",
    "--no-color",
    "--no-relative",
    "--subject-prefix=PATCH",
    "--src-prefix=a/",
    "--dst-prefix=b/",
];

/// Whether a text is meant as a range, and not as a path with `..` in it.
pub fn is_range(text: &str) -> bool {
    let pair = text.split_once("..");
    pair.is_some_and(|(from, to)| !from.ends_with('/') && !to.starts_with('/'))
}

/// Reads the range from the repository of a tree: the commit that it starts
/// from, and its patches.
///
/// # Errors
///
/// The tree is in no repository, or there is no such range, or it is empty.
pub fn read(tree: &Utf8Path, name: &str) -> Result<(String, Series), Error> {
    // Inside of another repository, a tree has none of its own.
    let top = ask(tree, &["rev-parse", "--show-cdup"])?;
    let top = top.and_then(|up| match up.trim_ascii().is_empty() {
        true => Ok(()),
        false => Err("it is a folder of one".to_owned()),
    });
    if let Err(what) = top {
        let what = format!("{tree} is no git tree ({what}), and {name} no file");
        let next = "give a tree with history, or a file with the series";
        return Err(InputError::one(Problem::new(what, next)).into());
    }
    let (from, to) = name.split_once("..").unwrap_or((name, ""));
    if to.starts_with('.') {
        let what = format!("{name} is two ranges");
        let next = format!("write {from}..{}", to.trim_start_matches('.'));
        return Err(InputError::one(Problem::new(what, next)).into());
    }
    let or_head = |name: &str| if name.is_empty() { "HEAD" } else { name }.to_owned();
    let (from, to) = (or_head(from), or_head(to));
    let start = ask(tree, &["merge-base", "--end-of-options", &from, &to])?;
    let start = start.map_err(|what| unknown(tree, name, &what))?;
    let start = String::from_utf8_lossy(&start).trim().to_owned();
    let mut arguments = PLAIN.to_vec();
    let pair = format!("{from}..{to}");
    arguments.extend(["--end-of-options", &pair]);
    let patches = ask(tree, &arguments)?.map_err(|what| unknown(tree, name, &what))?;
    if patches.is_empty() {
        let what = format!("{name} has no commits in {tree}");
        let next = format!("is it the right way round? see git log {name}");
        return Err(InputError::one(Problem::new(what, next)).into());
    }
    let mut series = Series::parse(name, &patches)?;
    series.is_range = true;
    Ok((start, series))
}

fn ask(tree: &Utf8Path, arguments: &[&str]) -> Result<Result<Vec<u8>, String>, Error> {
    let mut command = git::git(tree);
    command.args(["-c", "core.quotePath=false"]);
    command.args(arguments);
    let answer = git::ask(command, b"")?;
    Ok(answer.map_err(|said| git::complaint(&said).to_owned()))
}

fn unknown(tree: &Utf8Path, name: &str, what: &str) -> InputError {
    let what = format!("{name} is no range in {tree}: {what}");
    InputError::one(Problem::new(what, format!("see git log {name}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_no_range() {
        assert!(is_range("v7.3..HEAD"));
        assert!(is_range("drm/main..topic/x"));
        assert!(is_range("HEAD~3.."));
        assert!(!is_range("../series.mbox"));
        assert!(!is_range("a/../series.mbox"));
        assert!(!is_range("series.mbox"));
    }
}
