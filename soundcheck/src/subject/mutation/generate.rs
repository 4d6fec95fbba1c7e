//! All mutants of some files: every operator on every file, with ids that stay.

use std::collections::BTreeMap;

use camino::Utf8Path;
use camino::Utf8PathBuf;

use crate::subject::mutation::mutant::Edit;
use crate::subject::mutation::mutant::Mutant;
use crate::subject::mutation::operator::Operator;
use crate::subject::mutation::operators;
use crate::subject::mutation::site::Change;
use crate::subject::mutation::site::Site;
use crate::subject::mutation::source::Source;
use crate::subject::mutation::states::States;

/// The mutants of `files` (paths and texts), by file, operator and place.
///
/// # Errors
///
/// Fails if a file is not Rust.
pub fn mutants(files: &[(Utf8PathBuf, String)], states: &States) -> anyhow::Result<Vec<Mutant>> {
    let operators = operators::all();
    let mut mutants = Vec::new();
    for source in Source::parse_all(files, states)? {
        for operator in &operators {
            mutants.extend(of_operator(*operator, &source, states));
        }
    }
    Ok(mutants)
}

/// The mutants of one operator in one file.
pub fn of_operator(operator: &dyn Operator, source: &Source, states: &States) -> Vec<Mutant> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let sites = operator.sites(source, states).into_iter();
    let sites = sites.filter(|site| is_change(site, &source.text));
    let mutants = sites.map(|site| {
        let base = format!("{}@{}:{}", operator.name(), source.path, site.item);
        let count = seen.entry(base.clone()).or_default();
        *count += 1;
        let id = match count {
            1 => base,
            count => format!("{base}#{count}"),
        };
        mutant(id, operator, &source.path, site)
    });
    mutants.collect()
}

/// Whether the text would differ.
fn is_change(site: &Site, text: &str) -> bool {
    let differs = |change: &Change| {
        change.file.is_some() || text.get(change.range.clone()) != Some(change.text.as_str())
    };
    site.changes.iter().any(differs)
}

fn mutant(id: String, operator: &dyn Operator, path: &Utf8Path, site: Site) -> Mutant {
    let edits = |changes: Vec<Change>| -> Vec<Edit> {
        let edit = |change: Change| Edit {
            file: change.file.unwrap_or_else(|| path.to_owned()),
            range: change.range,
            text: change.text,
        };
        changes.into_iter().map(edit).collect()
    };
    Mutant {
        id,
        operator: operator.name().to_owned(),
        effect: site.effect.unwrap_or(operator.effect()),
        what: site.what,
        edits: edits(site.changes),
        adaptations: site.adaptations.into_iter().map(edits).collect(),
        claim: None,
    }
}
