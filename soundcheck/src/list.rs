//! The command `list`: what there is to judge.

use std::io::Write;

use camino::Utf8Path;
use serde::Serialize;

use crate::cache::Cache;
use crate::case::Case;
use crate::corpus::Corpus;
use crate::lane::Lane;
use crate::selection::Selection;
use crate::target::Target;
use crate::toolchain::Toolchain;
use crate::workspace::Workspace;

/// A format of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people.
    Human,
    /// One JSON object a line.
    Json,
}

#[derive(Serialize)]
struct Entry<'a> {
    id: &'a str,
    lanes: Vec<Lane>,
    claim: &'a str,
    path: &'a Utf8Path,
    sentence: &'a str,
}

/// Writes one line a case, as text or as JSON. With a toolchain, only lanes that
/// run there are named.
pub fn list(
    workspace: &Workspace,
    toolchain: Option<&str>,
    target: Target,
    filters: &[String],
    format: Format,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    let corpus = Corpus::load(workspace, &Cache::of(workspace), target)?;
    let selection = Selection::new(filters, &[]);
    selection.admit(&corpus)?;
    let has_snapshots = match toolchain {
        Some(wanted) => {
            let toolchain = Toolchain::select(workspace, Some(wanted))?;
            corpus.snapshots.cover(&toolchain.label)
        }
        None => true,
    };
    let cases = corpus
        .cases
        .iter()
        .filter(|case| selection.matches(&case.id));
    for case in cases {
        let mut entry = entry(case);
        entry
            .lanes
            .retain(|lane| has_snapshots || *lane != Lane::Snapshot);
        if format == Format::Json {
            writeln!(out, "{}", serde_json::to_string(&entry)?)?;
        } else {
            let lanes: Vec<&str> = entry.lanes.iter().map(|lane| lane.name()).collect();
            writeln!(out, "{} ({}) {}", entry.id, lanes.join(", "), entry.claim)?;
        }
    }
    Ok(())
}

fn entry(case: &Case) -> Entry<'_> {
    let lanes = Lane::ALL.into_iter();
    Entry {
        id: &case.id,
        lanes: lanes.filter(|lane| lane.judges(case)).collect(),
        claim: &case.claim,
        path: &case.path,
        sentence: &case.sentence,
    }
}
