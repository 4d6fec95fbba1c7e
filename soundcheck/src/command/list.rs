//! The command `list`: what there is to judge.

use std::io::Write;

use camino::Utf8Path;
use serde::Serialize;

use crate::ground::toolchain::Toolchain;
use crate::ground::workspace::Workspace;
use crate::judge::cache::Cache;
use crate::judge::case::Case;
use crate::judge::lane::Lane;
use crate::judge::runner::LaneRunner;
use crate::judge::selection::Selection;
use crate::subject::load;
use crate::subject::target::Target;

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
    target: &Target,
    filters: &[String],
    format: Format,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    let corpus = load::corpus(workspace, &Cache::of(workspace), target)?;
    let selection = Selection::new(filters);
    let lanes = target.lanes(workspace)?;
    let borrowed: Vec<&dyn LaneRunner> = lanes.iter().map(|lane| &**lane).collect();
    selection.admit(&corpus, || load::ids(&borrowed, &corpus, &target.subject))?;
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
        let mut entry = entry(case, &borrowed);
        entry
            .lanes
            .retain(|lane| has_snapshots || *lane != Lane::SNAPSHOT);
        if format == Format::Json {
            writeln!(out, "{}", serde_json::to_string(&entry)?)?;
        } else {
            let lanes: Vec<&str> = entry.lanes.iter().map(|lane| lane.name()).collect();
            // Without claims, its sentence says what a case is about.
            let about = match entry.claim {
                "" => entry.sentence,
                claim => claim,
            };
            writeln!(out, "{} ({}) {about}", entry.id, lanes.join(", "))?;
        }
    }
    Ok(())
}

fn entry<'a>(case: &'a Case, lanes: &[&dyn LaneRunner]) -> Entry<'a> {
    let lanes = lanes.iter();
    Entry {
        id: &case.id,
        lanes: lanes
            .filter(|lane| lane.judges(case))
            .map(|lane| lane.lane())
            .collect(),
        claim: &case.claim,
        path: &case.path,
        sentence: &case.sentence,
    }
}
