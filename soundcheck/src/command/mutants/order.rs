//! Which cases look at a mutant first.
//!
//! Owns the guess: cases that have noticed the neighbours of a mutant before,
//! and those that mention what it changes. A guess decides how soon a mutant is
//! killed, and never whether.

use std::collections::BTreeMap;
use std::collections::HashMap;
use std::collections::HashSet;
use std::sync::Mutex;

use crate::command::mutants::verdict::Judged;
use crate::judge::case::Case;
use crate::subject::mutation::Mutant;

/// What is known about cases, which grows with every mutant that is killed.
pub struct Order<'a> {
    /// The cases that mention a word.
    mentions: HashMap<&'a str, Vec<&'a str>>,
    cases: usize,
    history: Mutex<Vec<Noticed>>,
}

/// That a case has noticed a mutant.
struct Noticed {
    mutant: Place,
    lane: String,
    case: String,
}

/// Where a mutant is, by the parts of its id.
#[derive(Debug, PartialEq, Eq)]
struct Place {
    id: String,
    operator: String,
    file: String,
    item: String,
}

/// What it counts for a case to have noticed a neighbour.
const SAME: f64 = 1000.0;
const SAME_ITEM: f64 = 60.0;
const SAME_FILE: f64 = 5.0;
const SAME_OPERATOR: f64 = 2.0;

impl<'a> Order<'a> {
    /// Reads the words of all cases.
    pub fn new(cases: impl Iterator<Item = &'a Case>) -> Self {
        let mut mentions: HashMap<&str, Vec<&str>> = HashMap::new();
        let mut count = 0;
        for case in cases {
            count += 1;
            for word in words(&case.text).collect::<HashSet<&str>>() {
                mentions.entry(word).or_default().push(&case.id);
            }
        }
        Self {
            mentions,
            cases: count,
            history: Mutex::default(),
        }
    }

    /// Remembers who has noticed a mutant.
    pub fn learn(&self, judged: &Judged) {
        if let Some(kill) = judged.first_kill() {
            let noticed = Noticed {
                mutant: Place::of(&judged.id),
                lane: kill.lane.clone(),
                case: kill.case.split('@').next().unwrap_or_default().to_owned(),
            };
            let history = self.history.lock();
            let mut history = history.unwrap_or_else(|poisoned| poisoned.into_inner());
            history.push(noticed);
        }
    }

    /// The lane and the case that have noticed a mutant before.
    pub fn known(&self, id: &str) -> Option<(String, String)> {
        let history = self.history.lock();
        let history = history.unwrap_or_else(|poisoned| poisoned.into_inner());
        let last = history
            .iter()
            .rev()
            .find(|noticed| noticed.mutant.id == id)?;
        Some((last.lane.clone(), last.case.clone()))
    }

    /// Cases of a lane, the most likely first. Those of one claim take turns
    /// with others: if one of them does not notice, the next hardly will.
    pub fn sort<'c>(&self, mutant: &Mutant, lane: &str, cases: Vec<&'c Case>) -> Vec<&'c Case> {
        let scores = self.scores(mutant, lane);
        let score = |case: &Case| scores.get(case.id.as_str()).copied().unwrap_or_default();
        let mut scored: Vec<(f64, &Case)> =
            cases.into_iter().map(|case| (score(case), case)).collect();
        scored.sort_by(|one, other| other.0.total_cmp(&one.0));
        let mut seen: BTreeMap<&str, f64> = BTreeMap::new();
        for (score, case) in &mut scored {
            let before = seen.entry(case.claim.as_str()).or_insert(1.0);
            *score /= *before;
            *before += 1.0;
        }
        scored.sort_by(|one, other| other.0.total_cmp(&one.0));
        scored.into_iter().map(|(_, case)| case).collect()
    }

    fn scores(&self, mutant: &Mutant, lane: &str) -> HashMap<String, f64> {
        let place = Place::of(&mutant.id);
        let mut scores: HashMap<String, f64> = HashMap::new();
        let wanted: HashSet<&str> = words(&place.item).chain(words(&mutant.what)).collect();
        for mentioning in wanted.iter().filter_map(|word| self.mentions.get(word)) {
            // A word that many cases mention tells little.
            let weight = (self.cases as f64 / mentioning.len() as f64).ln();
            for case in mentioning {
                *scores.entry((*case).to_owned()).or_default() += weight;
            }
        }
        let history = self.history.lock();
        let history = history.unwrap_or_else(|poisoned| poisoned.into_inner());
        for noticed in history.iter().filter(|noticed| noticed.lane == lane) {
            let score = scores.entry(noticed.case.clone()).or_default();
            *score += place.nearness(&noticed.mutant);
        }
        scores
    }
}

impl Place {
    fn of(id: &str) -> Self {
        let (operator, rest) = id.split_once('@').unwrap_or((id, ""));
        let (file, item) = rest.split_once(':').unwrap_or((rest, ""));
        let item = item.split('#').next().unwrap_or_default();
        Self {
            id: id.to_owned(),
            operator: operator.to_owned(),
            file: file.to_owned(),
            item: item.to_owned(),
        }
    }

    fn nearness(&self, other: &Self) -> f64 {
        let is_same_file = self.file == other.file;
        let points = [
            (self.id == other.id, SAME),
            (is_same_file && self.item == other.item, SAME_ITEM),
            (is_same_file, SAME_FILE),
            (self.operator == other.operator, SAME_OPERATOR),
        ];
        let earned = points.iter().filter(|(is_so, _)| *is_so);
        earned.map(|(_, points)| points).sum()
    }
}

/// The words of a text that may be names.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
    words.filter(|word| word.len() > 2 && !word.starts_with(|it: char| it.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_from_an_id() {
        let place = Place::of("widen-impl@api/src/a.rs:impl-Device<T>::data#2");
        assert_eq!(place.operator, "widen-impl");
        assert_eq!(place.file, "api/src/a.rs");
        assert_eq!(place.item, "impl-Device<T>::data");
    }

    #[test]
    fn a_neighbour_in_the_same_item_counts_more_than_one_in_the_file() {
        let place = |id| Place::of(id);
        let own = place("a@f:x");
        assert!(own.nearness(&place("b@f:x")) > own.nearness(&place("a@f:y")));
        assert_eq!(own.nearness(&place("b@g:x")), 0.0);
    }
}
