//! A range of commits of the tree that a review is for.
//!
//! Owns how a range is told from a path, and what is wrong with one. Nothing is
//! written into the repository.

use camino::Utf8Path;

use super::error::Error;
use super::git;
use crate::ground::problem::InputError;
use crate::ground::problem::Problem;

/// A range of commits that are there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Range {
    /// The commit that it starts from.
    pub start: String,
    /// The one whose history does not belong to it.
    pub from: String,
    /// Its last commit.
    pub to: String,
}

/// Whether a text is meant as a range, and not as a path with `..` in it.
pub fn is_range(text: &str) -> bool {
    let pair = text.split_once("..");
    pair.is_some_and(|(from, to)| !from.ends_with('/') && !to.starts_with('/'))
}

/// Finds a range in the repository of a tree.
///
/// # Errors
///
/// The tree is in no repository, or there is no such range, or it is empty.
pub fn find(tree: &Utf8Path, name: &str) -> Result<Range, Error> {
    let wrong = |what: String, next: String| Err(InputError::one(Problem::new(what, next)).into());
    // Inside of another repository, a tree has none of its own.
    let top = match ask(tree, &["rev-parse", "--show-cdup"])? {
        Ok(up) if up.is_empty() => None,
        Ok(_) => Some("it is a folder of one".to_owned()),
        Err(said) => Some(said),
    };
    if let Some(what) = top {
        let what = format!("{tree} is no git tree ({what}), and {name} no file");
        return wrong(
            what,
            "give a tree with history, or a file with the series".to_owned(),
        );
    }
    let (from, to) = name.split_once("..").unwrap_or((name, ""));
    if let Some(to) = to.strip_prefix('.') {
        return wrong(
            format!("{name} is two ranges"),
            format!("write {from}..{to}"),
        );
    }
    let commit = |name: &str| {
        let name = if name.is_empty() { "HEAD" } else { name };
        ask(
            tree,
            &[
                "rev-parse",
                "--verify",
                "--end-of-options",
                &format!("{name}^{{commit}}"),
            ],
        )
    };
    let range = match (commit(from)?, commit(to)?) {
        (Ok(from), Ok(to)) => {
            ask(tree, &["merge-base", &from, &to])?.map(|start| Range { start, from, to })
        }
        (Err(said), _) | (_, Err(said)) => Err(said),
    };
    match range {
        Ok(range) if range.start == range.to => {
            let what = format!("{name} has no commits in {tree}");
            wrong(
                what,
                format!("is it the right way round? see git log {name}"),
            )
        }
        Ok(range) => Ok(range),
        Err(said) => wrong(
            format!("{name} is no range in {tree}: {said}"),
            format!("see git log {name}"),
        ),
    }
}

fn ask(tree: &Utf8Path, arguments: &[&str]) -> Result<Result<String, String>, Error> {
    let mut command = git::git(tree);
    command.args(arguments);
    let answer = git::ask(command, b"")?;
    let line = |said: Vec<u8>| String::from_utf8_lossy(&said).trim().to_owned();
    Ok(answer
        .map(line)
        .map_err(|said| git::complaint(&said).to_owned()))
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
