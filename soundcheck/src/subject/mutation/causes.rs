//! The recorded causes of cases: the mutants under which each is not refused any
//! more.
//!
//! Owns the file, which a run of all mutants writes and people review, and the
//! rule that every written case has a cause or says why no mutant can be one.
//! So an ordinary run needs no mutants.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fs;

use anyhow::Context as _;
use camino::Utf8Path;
use serde::Deserialize;
use serde::Serialize;

use crate::ground::facts;
use crate::ground::problem::line_of;
use crate::ground::problem::Problem;
use crate::judge::case::Case;

/// Mutants by the cases that notice them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Causes {
    /// For each case, a few mutants by their ids.
    #[serde(default)]
    pub causes: BTreeMap<String, Vec<String>>,
}

/// So many mutants are recorded of a case at most.
const MOST: usize = 3;

const HEAD: &str = "\
# The mutants under which each case is not refused any more, those that the fewest cases notice first.
# Written by `cargo soundcheck mutants --causes --record`: read what changes.

";

impl Causes {
    /// Reads the file below a root; one that is not there has none.
    ///
    /// # Errors
    ///
    /// It cannot be understood.
    pub fn read(root: &Utf8Path, path: &Utf8Path) -> Result<Self, Problem> {
        let Ok(text) = fs::read_to_string(root.join(path)) else {
            return Ok(Self::default());
        };
        toml::from_str(&text).map_err(|error| {
            let line = error.span().map_or(1, |span| line_of(&text, span.start));
            let next = "restore the file; `cargo soundcheck mutants --causes --record` writes it";
            let problem = Problem::new(error.message().replace('\n', " "), next);
            problem.in_file(path).at_line(line)
        })
    }

    /// Chooses the mutants to record, of all that each case notices.
    pub fn choose(noticed: &BTreeMap<String, Vec<String>>) -> Self {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for mutants in noticed.values() {
            // A case may notice one in several lanes.
            let once: BTreeSet<&str> = mutants.iter().map(String::as_str).collect();
            for mutant in once {
                *counts.entry(mutant).or_default() += 1;
            }
        }
        let chosen = noticed.iter().map(|(case, mutants)| {
            let mut mutants = mutants.clone();
            mutants.sort_by_key(|id| (counts.get(id.as_str()).copied(), id.clone()));
            mutants.dedup();
            mutants.truncate(MOST);
            (case.clone(), mutants)
        });
        Self {
            causes: chosen.collect(),
        }
    }

    /// The same with more: of a case in both, the new mutants are added behind
    /// those that are known.
    pub fn with(mut self, more: &Self) -> Self {
        for (case, mutants) in &more.causes {
            let known = self.causes.entry(case.clone()).or_default();
            let new = mutants.iter().filter(|id| !known.contains(id)).cloned();
            let new: Vec<String> = new.collect();
            known.extend(new);
            known.truncate(MOST);
        }
        self
    }

    /// What is recorded and was not found again, although the mutant was judged.
    pub fn gone(
        &self,
        path: &Utf8Path,
        noticed: &BTreeMap<String, Vec<String>>,
        was_judged: impl Fn(&str) -> bool,
    ) -> Vec<Problem> {
        let mut problems = Vec::new();
        for (case, mutants) in &self.causes {
            let found = |id: &String| noticed.get(case).is_some_and(|all| all.contains(id));
            for id in mutants.iter().filter(|id| was_judged(id) && !found(id)) {
                let what = format!("{case} does not notice {id} any more");
                let next = "find out why; `--record` writes what is true now";
                problems.push(Problem::new(what, next).in_file(path));
            }
        }
        problems
    }

    /// Writes the file.
    ///
    /// # Errors
    ///
    /// It cannot be written.
    pub fn write(&self, root: &Utf8Path, path: &Utf8Path) -> anyhow::Result<()> {
        let mut text = format!("{HEAD}[causes]\n");
        for (case, mutants) in &self.causes {
            text.push_str(&format!("{case:?} = [\n"));
            for mutant in mutants {
                text.push_str(&format!("    {mutant:?},\n"));
            }
            text.push_str("]\n");
        }
        facts::replace(&root.join(path), text.as_bytes()).context("the causes are not recorded")
    }

    /// What is wrong with a written case that must be refused: it has no cause,
    /// or it declares one that it does not need.
    pub fn fault(&self, case: &Case) -> Option<Problem> {
        let recorded = self.causes.get(&case.id);
        let recorded = recorded.is_some_and(|mutants| !mutants.is_empty());
        let problem = match (recorded, &case.cause) {
            (true, None) | (false, Some(_)) => return None,
            (false, None) => Problem::new(
                "no edit of what is judged is known under which the case is not refused",
                format!(
                    "`cargo soundcheck mutants --causes --record --case {}` looks for one; \
                     if there can be none, say why: `//@ cause: KIND, WHY`",
                    case.id
                ),
            ),
            (true, Some(_)) => Problem::new(
                "the case declares a cause, and an edit is known under which it is not refused",
                "remove `//@ cause:`",
            ),
        };
        Some(problem.in_file(&case.path))
    }

    /// Causes of cases that are not there.
    pub fn orphans<'a>(
        &'a self,
        path: &'a Utf8Path,
        is_there: impl Fn(&str) -> bool + 'a,
    ) -> impl Iterator<Item = Problem> + 'a {
        let orphans = self.causes.keys().filter(move |case| !is_there(case));
        orphans.map(move |case| {
            let what = format!("there are causes of {case}, which is no case");
            Problem::new(what, "remove them").in_file(path)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noticed() -> BTreeMap<String, Vec<String>> {
        let mutants = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect();
        BTreeMap::from([
            (
                "a".to_owned(),
                mutants(&["all", "some", "one", "two", "two"]),
            ),
            ("b".to_owned(), mutants(&["all", "some"])),
            ("c".to_owned(), mutants(&["all"])),
        ])
    }

    #[test]
    fn what_few_cases_notice_is_recorded_first() {
        let causes = Causes::choose(&noticed());
        assert_eq!(causes.causes["a"], ["one", "two", "some"]);
        assert_eq!(causes.causes["b"], ["some", "all"]);
    }

    #[test]
    fn what_is_written_is_read_again() {
        let folder = tempfile::tempdir().expect("a temporary directory can be made");
        let root = Utf8Path::from_path(folder.path()).expect("its path is UTF-8");
        let causes = Causes::choose(&noticed());
        let path = Utf8Path::new("snapshots/causes.toml");
        causes.write(root, path).expect("it can be written");
        assert_eq!(Causes::read(root, path), Ok(causes));
    }
}
